import Foundation
import Outbound
import Synchronization
import Testing

/// The live feed over real HTTP.
@Suite struct LiveFeedTests {
  @Test func `a message comes out live, and a client that was away gets just what it missed`() async throws {
    let folder = try TemporaryFolder()
    let port = try freePort()
    let suite = try RunningSuite(folder, port: port)
    try await suite.isListening()
    let client = try HTTPClient()

    let first = Feed(client, suite, after: nil)
    try #require(try await until("the feed is open", seconds: 10) { first.isOpen })
    try await suite.send("wamid.live-1", "first", client)
    try #require(try await until("the first message comes", seconds: 10) { first.messages == ["first"] }, "\(first.messages)")
    let seen = try #require(first.lastId)
    first.close()

    try await suite.send("wamid.live-2", "second", client)
    try await suite.send("wamid.live-1", "first", client)
    try await suite.send("wamid.live-3", "third", client)
    let second = Feed(client, suite, after: seen)
    #expect(try await until("what was missed comes", seconds: 10) { second.messages == ["second", "third"] }, "\(second.messages)")
    second.close()
    await client.close()
  }

  @Test func `a feed needs a key and a position that is one`() async throws {
    let folder = try TemporaryFolder()
    let suite = try RunningSuite(folder, port: try freePort())
    try await suite.isListening()
    let client = try HTTPClient()
    let noKey = try await client.send(HTTPRequest(url: suite.url + "/api/live"))
    #expect(noKey.status == 401)
    let noPosition = try await client.send(HTTPRequest(url: suite.url + "/api/live?after=yesterday", headers: suite.key))
    #expect(noPosition.status == 400)
    #expect(String(decoding: noPosition.body, as: UTF8.self).contains("\"field\":\"after\""))
    await client.close()
  }
}

/// A client of the feed.
private final class Feed: Sendable {
  private let heard = Heard()
  private let task: Task<Void, any Error>

  init(_ client: HTTPClient, _ suite: RunningSuite, after: String?) {
    var headers = suite.key
    if let after { headers.add("Last-Event-ID", after) }
    let request = HTTPRequest(url: suite.url + "/api/live", headers: headers)
    task = Task { [heard] in
      for try await line in client.lines(request) { heard.take(line) }
    }
  }

  var isOpen: Bool { heard.state.withLock { $0.isOpen } }
  var lastId: String? { heard.state.withLock { $0.lastId } }
  /// The texts of new messages, in the order in which they came.
  var messages: [String] { heard.state.withLock { $0.messages } }

  func close() { task.cancel() }
}

/// What a client has heard.
private final class Heard: Sendable {
  struct State {
    var isOpen = false
    var event = ""
    var lastId: String?
    var messages: [String] = []
  }

  let state = Mutex(State())

  func take(_ line: String) {
    state.withLock { state in
      state.isOpen = true
      if line.hasPrefix("id: ") { state.lastId = String(line.dropFirst(4)) }
      if line.hasPrefix("event: ") { state.event = String(line.dropFirst(7)) }
      guard line.hasPrefix("data: "), state.event == "message" else { return }
      let message = try? JSONDecoder().decode(Message.self, from: Data(line.dropFirst(6).utf8))
      state.messages.append(message?.text ?? "unreadable")
    }
  }

  private struct Message: Decodable { let text: String? }
}
