import ConversationStoreApp
import Events
import JSON
import Testing
import Views

@Suite struct LiveFeedTests {
  private func frames(_ store: Store, after: PositionVector) async throws -> [LiveFeed.Frame] {
    try await store.view.read { db in
      var feed = try LiveFeed(after: after, now: PositionVector(), db)
      var all: [LiveFeed.Frame] = []
      while true {
        let next = try feed.next(db)
        all += next
        if next.isEmpty || next.contains(where: { $0.name == .reset }) { return all }
      }
    }
  }

  private func texts(_ frames: [LiveFeed.Frame]) throws -> [String] {
    try frames.filter { $0.name == .message }.compactMap { try JSONDocument(parsing: $0.data).root["text"]?.string }
  }

  @Test func `each message and its conversation come with the JSON of the API`() async throws {
    try await Store.run { store in
      try await store.take([try Traffic.text("m1", 1, saying: "one")])
      let frames = try await frames(store, after: PositionVector())
      #expect(frames.map(\.name) == [.message, .conversation])
      let conversation = try await store.get("/api/conversations/\(Traffic.conversation(openedBy: "m1", 1))")
      #expect(String(decoding: frames[1].data, as: UTF8.self) == conversation.text)
    }
  }

  @Test func `resuming after any frame misses nothing`() async throws {
    try await Store.run { store in
      for round in 0..<5 { try await store.take(try (0..<6).map { try Traffic.text("m\(round)-\($0)", $0, saying: "\(round)-\($0)") }) }
      let all = try await frames(store, after: PositionVector())
      let expected = Set(try texts(all))
      #expect(expected.count == 30)
      for (index, frame) in all.enumerated() {
        let seen = try texts(Array(all[...index]))
        let rest = try texts(try await frames(store, after: try #require(PositionVector(frame.id))))
        #expect(Set(seen + rest) == expected)
      }
    }
  }

  @Test func `who has all gets nothing, and then what comes`() async throws {
    try await Store.run { store in
      try await store.take([try Traffic.text("m1", 1)])
      let position = store.view.vector(of: Topics.conversationEvents.name)
      #expect(try await frames(store, after: position).isEmpty)
      try await store.take([try Traffic.text("m2", 1, saying: "two")])
      #expect(try texts(try await frames(store, after: position)) == ["two"])
    }
  }

  @Test func `who is behind what is kept is told to begin anew, and can go on from there`() async throws {
    try await Store.run(maxChanges: 20) { store in
      for number in 0..<60 { try await store.take([try Traffic.text("m\(number)", number % 5)]) }
      let frames = try await frames(store, after: PositionVector())
      #expect(frames.map(\.name) == [.reset])
      let position = try #require(frames.first.flatMap { PositionVector($0.id) })
      try await store.take([try Traffic.text("last", 1, saying: "last")])
      #expect(try texts(try await self.frames(store, after: position)) == ["last"])
    }
  }
}
