import ConversationStoreApp
import EventLog
import struct EventLog.Record
import Events
import Testing
import Views

/// The handler, driven as the runner drives it, with a view that folds only when the test waits for it.
@Suite struct DecideHandlerTests {
  private func batch(_ records: [OutgoingRecord], from offset: Int64 = 0, tick: Timestamp? = nil) -> StepBatch {
    let read = records.enumerated().map { index, record in
      Record(
        partition: TopicPartition(record.topic, 0), offset: offset + Int64(index), timestamp: record.timestamp, key: record.key,
        value: record.value, headers: record.headers)
    }
    return StepBatch(records: read, tick: tick?.milliseconds, tickPartitions: tick == nil ? [] : [0, 1, 2])
  }

  private func names(_ records: [OutgoingRecord]) throws -> [String] {
    try records.map { record in
      guard case .known(let envelope) = try RecordCoding.decode(record.value ?? [], as: ConversationEvent.self) else { return "unknown" }
      return envelope.body.type.name
    }
  }

  @Test func `a batch sees what it has decided itself`() async throws {
    try await Store.run(decides: false) { store in
      let handler = DecideHandler(view: store.view, workspace: store.platform.workspace)
      let outputs = try handler.process(batch([try Traffic.text("m1", 1), try Traffic.text("m2", 1), try Traffic.text("m1", 1)]))
      #expect(try names(outputs) == ["contact.created", "conversation.opened", "message.recorded", "message.recorded"])
    }
  }

  @Test func `what was committed counts before the view has folded it`() async throws {
    try await Store.run(decides: false) { store in
      let handler = DecideHandler(view: store.view, workspace: store.platform.workspace)
      let outputs = try handler.process(batch([try Traffic.text("m1", 1)]))
      // The positions of a commit that the view will never see.
      handler.committed(outputs.enumerated().map { Position(TopicPartition(Topics.conversationEvents.name, 0), 1_000 + Int64($0.offset)) })
      #expect(try handler.process(batch([try Traffic.text("m1", 1)])).isEmpty)
      #expect(try names(handler.process(batch([try Traffic.text("m2", 1)]))) == ["message.recorded"])
    }
  }

  @Test func `what was aborted counts for nothing`() async throws {
    try await Store.run(decides: false) { store in
      let handler = DecideHandler(view: store.view, workspace: store.platform.workspace)
      let first = try handler.process(batch([try Traffic.text("m1", 1)]))
      handler.aborted()
      #expect(try handler.process(batch([try Traffic.text("m1", 1)])) == first)
    }
  }

  @Test func `what was committed is dropped with its partition`() async throws {
    try await Store.run(decides: false) { store in
      let handler = DecideHandler(view: store.view, workspace: store.platform.workspace)
      let first = try handler.process(batch([try Traffic.text("m1", 1)]))
      handler.committed(first.map { _ in Position(TopicPartition(Topics.conversationEvents.name, 0), 1_000) })
      handler.revoke(0)
      #expect(try handler.process(batch([try Traffic.text("m1", 1)])) == first)
    }
  }

  @Test func `once folded, the view alone answers, parked items and reactions included`() async throws {
    try await Store.run { store in
      let reaction = { (id: String, emoji: String?) in
        try Traffic.inbound(
          .reactionChanged(
            ReactionChanged(source: Traffic.source(id, 1), target: ProviderMessageId("m2"), emoji: emoji.map { Personal($0) })))
      }
      try await store.take([try Traffic.text("m1", 1), try Traffic.status(.read, of: "m2", 1)])
      // A handler of its own has nothing in memory: what it knows comes from the view.
      let handler = DecideHandler(view: store.view, workspace: store.platform.workspace)
      #expect(
        try names(
          handler.process(batch([try Traffic.text("m1", 1), try Traffic.status(.read, of: "m2", 1), try Traffic.text("m2", 1, .echo)])))
          == ["message.recorded", "message.status-changed"])
      handler.aborted()
      try await store.take([try Traffic.text("m2", 1, .echo), try reaction("r1", "👍")])
      #expect(
        try names(handler.process(batch([try Traffic.status(.delivered, of: "m2", 1), try reaction("r1", "👍"), try reaction("r2", nil)])))
          == ["reaction.changed"])
    }
  }

  @Test func `a tick lets go of what was parked too long`() async throws {
    try await Store.run(decides: false) { store in
      let handler = DecideHandler(view: store.view, workspace: store.platform.workspace)
      let parked = try handler.process(batch([try Traffic.status(.read, of: "m1", 1)], tick: Traffic.noon))
      handler.committed(try await store.log.append(parked))
      try await store.fold()
      let end = Traffic.noon.adding(hours: Parking.keptHours)
      #expect(try handler.process(batch([], tick: end.adding(milliseconds: -1))).isEmpty)
      let expired = try handler.process(batch([], tick: end))
      #expect(try names(expired) == ["message.parked-expired"])
      handler.committed(try await store.log.append(expired))
      try await store.fold()
      #expect(try handler.process(batch([], tick: end)).isEmpty)
      #expect(try names(handler.process(batch([try Traffic.text("m1", 1, .echo)]))).last == "message.recorded")
    }
  }
}
