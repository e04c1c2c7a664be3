import ConversationStoreApp
import EventLog
import Events
import Testing
import Views

@Suite struct StoreTests {
  @Test func `messages become a conversation that the API shows`() async throws {
    try await Store.run { store in
      try await store.take([
        try Traffic.text("m1", 1, saying: "first"), try Traffic.text("m2", 1, .echo, seconds: 60, saying: "answer"),
        try Traffic.status(.read, of: "m2", 1),
      ])
      let id = Traffic.conversation(openedBy: "m1", 1).text
      let conversation = try await store.get("/api/conversations/\(id)")
      #expect(
        conversation.text == """
          {"id":"\(id)","contact":{"id":"contact-1","name":"Customer 1","phone":"420777001","username":null},\
          "channel":{"id":"number-1","displayNumber":"15550001","businessAccount":"waba-1"},"unread":1,"unanswered":false,\
          "windowEndsAt":"2027-01-16T08:00:00.000Z","openedAt":"2027-01-15T08:00:00.000Z","lastMessage":\
          {"id":"\(Traffic.message("m2"))","direction":"out","kind":"text","text":"answer","at":"2027-01-15T08:01:00.000Z","status":"read"}}
          """)
      let messages = try await store.get("/api/conversations/\(id)/messages")
      #expect(
        messages.text == """
          {"items":[{"id":"\(Traffic.message("m1"))","conversation":"\(id)","providerId":"m1","direction":"in","kind":"text","text":"first",\
          "status":null,"at":"2027-01-15T08:00:00.000Z","revoked":false,"reactions":[],"errors":[]},\
          {"id":"\(Traffic.message("m2"))","conversation":"\(id)","providerId":"m2","direction":"out","kind":"text","text":"answer",\
          "status":"read","at":"2027-01-15T08:01:00.000Z","revoked":false,"reactions":[],"errors":[]}],"next":null}
          """)
      let contact = try await store.get("/api/contacts/contact-1")
      #expect(
        contact.text == """
          {"id":"contact-1","name":"Customer 1","phone":"420777001","userId":null,"username":null,"createdAt":"2027-01-15T08:00:00.000Z"}
          """)
    }
  }

  @Test func `edits, revokes, reactions, media and errors show on their message`() async throws {
    let media = MediaContent(mediaId: "media-1", mimeType: "application/pdf", caption: Personal("see"), fileName: Personal("a.pdf"))
    let failure = ProviderError(code: 131_026, title: "Message undeliverable", details: "not on WhatsApp")
    try await Store.run { store in
      func source(_ id: String) -> MessageSource { Traffic.source(id, 1) }
      try await store.take([
        // Before the message it speaks of.
        try Traffic.inbound(
          .reactionChanged(ReactionChanged(source: source("r1"), target: ProviderMessageId("m1"), emoji: Personal("👍")))),
        try Traffic.received(source("m1"), .document(media)),
        try Traffic.text("m2", 1, saying: "wrong"),
        try Traffic.inbound(
          .messageEdited(
            MessageEdited(
              source: source("e1"), target: ProviderMessageId("m2"), content: .text(TextContent(body: Personal("right")))))),
        try Traffic.text("m3", 1, saying: "secret"),
        try Traffic.inbound(.messageRevoked(MessageRevoked(source: source("v1"), target: ProviderMessageId("m3")))),
        try Traffic.text("m4", 1, .echo),
      ])
      try await store.take([try Traffic.status(.failed, of: "m4", 1, errors: [failure])])
      let id = Traffic.conversation(openedBy: "m1", 1).text
      let items = try #require(try await store.get("/api/conversations/\(id)/messages").json?.root["items"]?.array)
      #expect(items[0]["media"]?.text() == #"{"mimeType":"application/pdf","fileName":"a.pdf","caption":"see"}"#)
      #expect(items[0]["text"]?.string == "see")
      #expect(items[0]["reactions"]?.text() == #"[{"direction":"in","emoji":"👍"}]"#)
      #expect(items[1]["text"]?.string == "right")
      #expect(items[1]["editedAt"]?.string == "2027-01-15T08:00:00.000Z")
      #expect(items[2]["revoked"]?.bool == true)
      #expect(items[2]["text"]?.isNull == true)
      #expect(items[3]["status"]?.string == "failed")
      #expect(
        items[3]["errors"]?.text() == #"[{"code":131026,"title":"Message undeliverable","details":"not on WhatsApp"}]"#)
    }
  }

  @Test func `the same records again change nothing`() async throws {
    try await Store.run { store in
      let records = try (0..<50).flatMap { number in
        [
          try Traffic.text("m\(number)", number % 7, number % 3 == 0 ? .echo : .customer, seconds: Int64(number)),
          try Traffic.status(.delivered, of: "m\(number)", number % 7),
        ]
      }
      try await store.take(records)
      let before = try store.view.digest()
      try await store.take(records)
      #expect(try store.view.digest().hex == before.hex)
    }
  }

  @Test func `a message that comes late is listed where the log has it, and does not become the last one`() async throws {
    try await Store.run { store in
      try await store.take([
        try Traffic.text("m1", 1, .echo, seconds: 100, saying: "newer"), try Traffic.text("m0", 1, seconds: 10, saying: "older"),
      ])
      let conversation = try await store.get("/api/conversations/\(Traffic.conversation(openedBy: "m1", 1))").json?.root
      #expect(conversation?["lastMessage"]?["text"]?.string == "newer")
      #expect(conversation?["unanswered"]?.bool == false)
      #expect(conversation?["unread"]?.int == 1)
    }
  }

  @Test func `a record that is none is dead-lettered, and the rest goes on`() async throws {
    try await Store.run { store in
      let key = Array(Traffic.contact(1).text.utf8)
      let broken = OutgoingRecord(topic: Topics.messagesInbound.name, key: key, value: Array("{\"a\":".utf8), timestamp: 0)
      let unknown = OutgoingRecord(
        topic: Topics.messagesInbound.name, key: key, value: Array(#"{"type":"message.pinned","version":1}"#.utf8), timestamp: 0)
      let good = try Traffic.text("m1", 1)
      let misplaced = OutgoingRecord(
        topic: good.topic, key: Array("contact-2".utf8), value: try Traffic.text("m2", 1).value, timestamp: 0)
      try await store.take([broken, unknown, misplaced, good])
      #expect(try store.records(of: Topics.deadLetters).count == 2)
      #expect(try store.events().map(\.type.name) == ["contact.created", "conversation.opened", "message.recorded"])
    }
  }

  @Test func `a command sent twice has one result`() async throws {
    try await Store.run { store in
      try await store.take([try Traffic.text("m1", 1)])
      let command = try Traffic.markRead("c1", Traffic.conversation(openedBy: "m1", 1), 1)
      try await store.take([command, command])
      try await store.take([command])
      #expect(try store.events().filter { $0.type.name == "command.completed" }.count == 1)
    }
  }

  @Test func `the view can be folded again and is the same`() async throws {
    try await Store.run { store in
      for round in 0..<4 {
        try await store.take(
          try (0..<40).map { try Traffic.text("m\(round)-\($0)", $0 % 9, $0 % 4 == 0 ? .echo : .customer, seconds: Int64($0)) })
      }
      let report = try View.rebuild(
        folder: "\(store.platform.settings.dataFolder)/views", fold: ConversationsFold(), log: store.log,
        logger: store.platform.logger)
      #expect(report.agrees)
      #expect(report.after.rows > 160)
    }
  }
}
