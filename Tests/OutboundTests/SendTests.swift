import LocalServer
import Outbound
import Testing

@Suite(.timeLimit(.minutes(1))) struct SendTests {
  @Test func `sends method, headers and body, and returns status, headers and body`() async throws {
    let server = try LocalServer { request in
      .answer(201, headers: ["X-Seen": request.method], body: String(decoding: request.body, as: UTF8.self))
    }
    defer { server.stop() }
    let client = try HTTPClient()
    let request = HTTPRequest(
      method: "POST", url: server.url + "/a?b=c", headers: ["X-One": "1", "X-Empty": ""], body: Array("grüße".utf8))
    let response = try await client.send(request)
    #expect(response.status == 201)
    #expect(response.headers["x-seen"] == "POST")
    #expect(response.body == Array("grüße".utf8))
    let seen = try #require(server.requests.first)
    #expect(seen.path == "/a?b=c")
    #expect(seen.headers["x-one"] == "1")
    #expect(seen.headers["x-empty"] == "")
    #expect(seen.headers["expect"] == nil)
    #expect(seen.headers["content-type"] == nil)
    await client.close()
  }

  @Test(arguments: ["GET", "HEAD", "PUT", "PATCH", "DELETE", "POST"]) func `every method reaches the server`(method: String) async throws {
    let server = try LocalServer { _ in .answer(204) }
    defer { server.stop() }
    let client = try HTTPClient()
    let body = ["PUT", "PATCH"].contains(method) ? Array("x".utf8) : []
    let response = try await client.send(HTTPRequest(method: method, url: server.url, body: body))
    #expect(response.status == 204)
    #expect(server.requests.map(\.method) == [method])
    #expect(server.requests.map(\.body) == [body])
    await client.close()
  }

  @Test func `a redirect is an answer unless it is asked to be followed`() async throws {
    let server = try LocalServer { request in
      request.path == "/old" ? .answer(302, headers: ["Location": "/new"]) : .answer(200, body: "new")
    }
    defer { server.stop() }
    let client = try HTTPClient()
    #expect(try await client.send(HTTPRequest(url: server.url + "/old")).status == 302)
    let followed = try await client.send(HTTPRequest(url: server.url + "/old", followsRedirects: true))
    #expect(followed.status == 200)
    #expect(followed.headers["Location"] == nil)
    await client.close()
  }

  @Test func `two hundred requests at once share the bounded slots and are all answered`() async throws {
    let server = try LocalServer { .answer(200, body: $0.path) }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxConcurrentTransfers = 50
    let client = try HTTPClient(settings)
    let url = server.url
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<200 {
        group.addTask { String(decoding: try await client.send(HTTPRequest(url: "\(url)/\(number)")).body, as: UTF8.self) }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<200).map { "/\($0)" }))
    await client.close()
  }

  @Test func `what would break the message is refused before it is sent`() async throws {
    let client = try HTTPClient()
    for request in [
      HTTPRequest(url: "file:///etc/hostname"),
      HTTPRequest(url: "http://127.0.0.1/a b"),
      HTTPRequest(method: "GET /x", url: "http://127.0.0.1/"),
      HTTPRequest(url: "http://127.0.0.1/", headers: ["X": "a\r\nY: b"]),
      HTTPRequest(url: "http://127.0.0.1/", timeoutMilliseconds: 0),
    ] {
      let error = await #expect(throws: OutboundError.self) { try await client.send(request) }
      guard case .invalidRequest = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(error?.mayHaveBeenSent == false)
    }
    await client.close()
  }
}
