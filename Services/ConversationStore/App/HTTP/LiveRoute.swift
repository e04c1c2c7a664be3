import Events
import HTTPKit
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Views

/// `GET /api/live`: what changes, as it changes. Resumes after `Last-Event-ID` or `?after=`.
struct LiveRoute: Sendable {
  static let heartbeatSeconds = 15
  /// More feeds than this are not opened at once: each holds a connection.
  static let maxFeeds = 500

  let view: View<ConversationsFold>
  let feeds = FeedCount()

  var route: Route {
    Route(.get, "/api/live", query: ["after"]) { call in
      let after = try resumePosition(call)
      guard feeds.count < Self.maxFeeds else {
        throw Problem(503, "busy", "\(Self.maxFeeds) live feeds are open already.", retryAfterSeconds: 5)
      }
      return .eventStream { writer in
        feeds.open()
        defer { feeds.close() }
        try await stream(after: after, to: &writer)
      }
    }
  }

  private func resumePosition(_ call: Call) throws -> PositionVector? {
    let header = call.request.headers[HTTPField.Name("Last-Event-ID")!]
    guard let text = try header ?? call.query("after") else { return nil }
    guard let vector = PositionVector(text) else {
      throw Problem.badRequest(field: header == nil ? "after" : "Last-Event-ID", "It is no position.")
    }
    return vector
  }

  private func stream(after: PositionVector?, to writer: inout EventStreamWriter) async throws {
    // Before the first read, so that no change is missed. A feed has no end of its own: it must not hold up that of the process.
    var ticks = FeedTicks(changes: view.changes(), heartbeatSeconds: Self.heartbeatSeconds).stream
      .cancelOnGracefulShutdown().makeAsyncIterator()
    let now = view.vector(of: Topics.conversationEvents.name)
    var feed = try await view.read { try LiveFeed(after: after, now: now, $0) }
    var isHeartbeatDue = true
    while !Task.isCancelled && !Task.isShuttingDownGracefully {
      let present = feed
      let (frames, moved) = try await view.read { db in
        var feed = present
        return (try feed.next(db), feed)
      }
      feed = moved
      for frame in frames { try await writer.event(id: frame.id, name: frame.name.rawValue, data: frame.data) }
      if !frames.isEmpty { continue }
      if isHeartbeatDue { try await writer.heartbeat() }
      guard let tick = await ticks.next() else { return }
      isHeartbeatDue = tick == .heartbeat
    }
  }
}
