import LocalServer
import Outbound
import Testing

@Suite(.timeLimit(.minutes(1))) struct LinesTests {
  @Test func `lines come one by one, however the body is cut`() async throws {
    let server = try LocalServer { _ in .stream(["id: 1\nda", "ta: grü", "ße\r\n\n", "data: last"]) }
    defer { server.stop() }
    let client = try HTTPClient()
    var lines: [String] = []
    for try await line in client.lines(HTTPRequest(url: server.url)) { lines.append(line) }
    #expect(lines == ["id: 1", "data: grüße", "", "data: last"])
    await client.close()
  }

  @Test func `an answer other than 2xx ends the stream with its status`() async throws {
    let server = try LocalServer { _ in .answer(401, body: "no") }
    defer { server.stop() }
    let client = try HTTPClient()
    await #expect(throws: OutboundError.unexpectedStatus(401)) {
      for try await line in client.lines(HTTPRequest(url: server.url)) { Issue.record("unexpected line \(line)") }
    }
    await client.close()
  }

  @Test func `a line over its bound ends the stream`() async throws {
    let server = try LocalServer { _ in .stream(["short\n", String(repeating: "x", count: 65)]) }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxLineBytes = 64
    let client = try HTTPClient(settings)
    await #expect(throws: OutboundError.tooLarge) {
      for try await line in client.lines(HTTPRequest(url: server.url)) { #expect(line == "short") }
    }
    await client.close()
  }

  @Test func `a reader that falls too far behind loses the stream, not memory`() async throws {
    let server = try LocalServer { $0.path == "/feed" ? .stream([String(repeating: "x\n", count: 100)]) : .answer(200) }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxBufferedLines = 10
    settings.maxConcurrentTransfers = 1
    let client = try HTTPClient(settings)
    let lines = client.lines(HTTPRequest(url: server.url + "/feed"))
    // The only slot is free again when the stream is over.
    #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
    var count = 0
    await #expect(throws: OutboundError.tooLarge) {
      for try await _ in lines { count += 1 }
    }
    #expect(count == 10)
    await client.close()
  }

  @Test func `leaving the iteration ends the transfer`() async throws {
    let server = try LocalServer { request in
      request.path == "/feed"
        ? .stream(["one\n"] + Array(repeating: String(repeating: "x", count: 65_536) + "\n", count: 10_000)) : .answer(200)
    }
    defer { server.stop() }
    let client = try HTTPClient()
    for try await line in client.lines(HTTPRequest(url: server.url + "/feed")) {
      #expect(line == "one")
      break
    }
    #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
    await client.close()
  }
}
