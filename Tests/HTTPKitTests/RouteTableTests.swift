import EventLog
import Foundation
import HTTPKit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite struct RouteTableTests {
  static let tokens = PageTokens(secret: Array("a secret of the workspace".utf8))

  static let routes = [
    Route(.get, "/open", access: .open) { _ in .text("hello") },
    Route(.get, "/api/list", query: PageRequest.query) { call in
      let page = try PageRequest(call, list: "things", tokens: tokens)
      return try .json(Page(items: [page.limit], next: tokens.seal(["a", "b"], list: "things")))
    },
    Route(.get, "/api/things/{id}") { call in
      if try call.parameter("id") == "none" { throw Problem.notFound("thing") }
      throw LogError.unavailable("a secret reason")
    },
    Route(.post, "/api/echo") { call in
      struct Body: Codable { let name: String }
      return try .json(try await call.json(Body.self, maxBytes: 64))
    },
  ]

  func request(
    _ uri: String, method: HTTPRequest.Method = .get, key: String? = "right", body: String? = nil
  ) async throws -> (status: Int, body: String, headers: HTTPFields) {
    let table = RouteTable(Self.routes, keys: AccessKeys(["right"]), logger: Logger(label: "test"))
    return try await Application(router: table.router()).test(.router) { client in
      let headers: HTTPFields = key.map { [.authorization: "Bearer \($0)"] } ?? [:]
      return try await client.execute(
        uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
      ) { ($0.status.code, String(buffer: $0.body), $0.headers) }
    }
  }

  @Test(arguments: [nil, "wrong", "", "right and more"])
  func `without the key nothing is told`(key: String?) async throws {
    let answer = try await request("/api/list", key: key)
    #expect(answer.status == 401)
    #expect(answer.headers[.contentType] == "application/problem+json")
    #expect(answer.headers[.wwwAuthenticate] == "Bearer")
  }

  @Test func `what is open needs no key`() async throws {
    #expect(try await request("/open", key: nil).body == "hello")
  }

  @Test(arguments: [
    ("/api/list?limit=0", "limit"), ("/api/list?limit=201", "limit"), ("/api/list?limit=x", "limit"),
    ("/api/list?limit=1&limit=2", "limit"),
    ("/api/list?page=AAAA", "page"), ("/api/list?page=", "page"), ("/api/list?colour=red", "colour"),
  ])
  func `a parameter that is wrong is named`(uri: String, field: String) async throws {
    let answer = try await request(uri)
    #expect(answer.status == 400)
    #expect(answer.body.contains("\"field\":\"\(field)\""), "\(answer.body)")
  }

  @Test func `a page token leads on, but only in its own list and only unchanged`() async throws {
    let token = Self.tokens.seal(["a", "b"], list: "things")
    #expect(try await request("/api/list?page=\(token)").status == 200)
    #expect(try await request("/api/list?page=\(Self.tokens.seal(["a", "b"], list: "others"))").status == 400)
    let last = try #require(token.last)
    let forged = token.dropLast() + (last == "A" ? "B" : "A")
    #expect(try await request("/api/list?page=\(forged)").status == 400)
    let elsewhere = PageTokens(secret: Array("another secret of another workspace".utf8)).seal(["a", "b"], list: "things")
    #expect(try await request("/api/list?page=\(elsewhere)").status == 400)
  }

  @Test func `errors have one shape, and nothing internal in it`() async throws {
    let missing = try await request("/api/things/none")
    #expect(missing.status == 404 && missing.body.contains("\"code\":\"not-found\""))
    let unavailable = try await request("/api/things/1")
    #expect(unavailable.status == 503 && unavailable.headers[.retryAfter] == "5")
    #expect(!unavailable.body.contains("secret reason"))
    let unknown = try await request("/nowhere")
    #expect(unknown.status == 404 && unknown.headers[.contentType] == "application/problem+json")
  }

  @Test func `a body that is too large or of another shape is refused by name`() async throws {
    #expect(try await request("/api/echo", method: .post, body: String(repeating: "x", count: 65)).status == 413)
    let wrong = try await request("/api/echo", method: .post, body: #"{"name": 5}"#)
    #expect(wrong.status == 400 && wrong.body.contains("\"field\":\"name\""), "\(wrong.body)")
    #expect(try await request("/api/echo", method: .post, body: "{").status == 400)
    #expect(try await request("/api/echo", method: .post, body: #"{"name": "x"}"#).body == #"{"name":"x"}"#)
  }
}
