import ConversationStoreApp
import EventLog
import Events
import Testing
import Views

@Suite struct QueryPlanTests {
  @Test(arguments: [
    "", "?sort=last", "?filter=unread", "?filter=unanswered", "?filter=unread&channel=number-1", "?channel=number-1",
  ])
  func `no list scans or sorts`(query: String) async throws {
    try await Store.run(decides: false) { store in
      let separator = query.isEmpty ? "?" : "&"
      let sort = query.contains("sort=last") ? "last" : "-last"
      let page = store.platform.pageTokens.seal([sort, "5", "x"], list: "conversations")
      for suffix in ["", "\(separator)page=\(page)"] {
        let plan = try await store.plan(ofList: "/api/conversations\(query)\(suffix)")
        // Without a condition the index is walked from its end: a bounded scan, in order.
        let unbounded = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("USING INDEX conversations_") }
        #expect(unbounded.isEmpty && !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        #expect(plan.contains { $0.contains("INDEX conversations_") })
      }
    }
  }

  /// Those are few, so no index keeps them in order: it would have to be written with every message.
  @Test func `the conversations of one contact are found before they are sorted`() async throws {
    try await Store.run(decides: false) { store in
      let plan = try await store.plan(ofList: "/api/conversations?contact=contact-1&filter=unread")
      #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }
  }

  @Test func `the messages of a conversation are found by their order`() async throws {
    try await Store.run(decides: false) { store in
      let plan = try await store.plan(ofMessages: "/api/conversations/x/messages?order=newest")
      #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    }
  }
}
