import LocalServer
import Outbound
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
  @Test func `a refused connection was never sent`() async throws {
    let server = try LocalServer { _ in .hangUp }
    server.stop()
    let client = try HTTPClient()
    // The listening socket closes on the server's own thread: until then a connection is taken and dropped.
    var error: OutboundError?
    for _ in 0..<1_000 where error != .couldNotConnect {
      error = await #expect(throws: OutboundError.self) { try await client.send(HTTPRequest(url: server.url)) }
    }
    #expect(error == .couldNotConnect)
    #expect(error?.mayHaveBeenSent == false)
    await client.close()
  }

  @Test func `an unknown name was never sent`() async throws {
    let client = try HTTPClient()
    await #expect(throws: OutboundError.resolve) { try await client.send(HTTPRequest(url: "http://nobody.invalid/")) }
    await client.close()
  }

  @Test func `a silent server times out and may have the request`() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let client = try HTTPClient()
    await #expect(throws: OutboundError.timedOut(mayHaveBeenSent: true)) {
      try await client.send(HTTPRequest(url: server.url, timeoutMilliseconds: 200))
    }
    await client.close()
  }

  @Test func `a request that waits for a slot times out unsent, and one too many is refused`() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxConcurrentTransfers = 1
    settings.maxWaitingTransfers = 1
    let client = try HTTPClient(settings)
    let url = server.url
    let holder = Task { try await client.send(HTTPRequest(url: url)) }
    try await eventually("the first request is on the wire") { server.requests.count == 1 }
    let errors = await withTaskGroup(of: OutboundError?.self) { group in
      for _ in 0..<2 {
        group.addTask {
          await #expect(throws: OutboundError.self) { try await client.send(HTTPRequest(url: url, timeoutMilliseconds: 200)) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.contains(.overloaded))
    #expect(errors.contains(.timedOut(mayHaveBeenSent: false)))
    holder.cancel()
    await #expect(throws: OutboundError.cancelled(mayHaveBeenSent: true)) { try await holder.value }
    await client.close()
  }

  @Test func `a body over its bound stops the transfer`() async throws {
    let server = try LocalServer { _ in .answer(200, body: String(repeating: "x", count: 100_000)) }
    defer { server.stop() }
    let client = try HTTPClient()
    await #expect(throws: OutboundError.tooLarge) { try await client.send(HTTPRequest(url: server.url, maxResponseBytes: 99_999)) }
    #expect(try await client.send(HTTPRequest(url: server.url, maxResponseBytes: 100_000)).body.count == 100_000)
    await client.close()
  }

  @Test func `headers over their bound stop the transfer`() async throws {
    let server = try LocalServer { _ in .answer(200, headers: ["X": String(repeating: "x", count: 5_000)]) }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxHeaderBytes = 4_096
    let client = try HTTPClient(settings)
    await #expect(throws: OutboundError.tooLarge) { try await client.send(HTTPRequest(url: server.url)) }
    await client.close()
  }

  @Test func `a cancelled task removes its transfer`() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let client = try HTTPClient()
    let url = server.url
    let task = Task { try await client.send(HTTPRequest(url: url)) }
    try await eventually("the request is on the wire") { server.requests.count == 1 }
    task.cancel()
    await #expect(throws: OutboundError.cancelled(mayHaveBeenSent: true)) { try await task.value }
    await client.close()
  }

  @Test func `a task cancelled before it sends never sends`() async throws {
    let server = try LocalServer { _ in .answer(200) }
    defer { server.stop() }
    let client = try HTTPClient()
    let url = server.url
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await client.send(HTTPRequest(url: url))
    }
    await #expect(throws: OutboundError.cancelled(mayHaveBeenSent: false)) { try await task.value }
    #expect(server.requests.isEmpty)
    await client.close()
  }

  @Test func `closing fails what is on its way, and later requests`() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let client = try HTTPClient()
    let url = server.url
    let task = Task { try await client.send(HTTPRequest(url: url)) }
    try await eventually("the request is on the wire") { server.requests.count == 1 }
    await client.close()
    await #expect(throws: OutboundError.cancelled(mayHaveBeenSent: true)) { try await task.value }
    await #expect(throws: OutboundError.closed) { try await client.send(HTTPRequest(url: url)) }
  }

  @Test(arguments: [("POST", 2), ("GET", 3)])
  func `a lost kept-alive connection repeats only what may be repeated`(method: String, expectedRequests: Int) async throws {
    let server = try LocalServer { $0.path == "/first" ? .answer(200) : .hangUp }
    defer { server.stop() }
    let client = try HTTPClient()
    #expect(try await client.send(HTTPRequest(url: server.url + "/first")).status == 200)
    let error = await #expect(throws: OutboundError.self) {
      try await client.send(HTTPRequest(method: method, url: server.url + "/second"))
    }
    #expect(error?.mayHaveBeenSent == true)
    #expect(server.requests.count == expectedRequests)
    await client.close()
  }
}
