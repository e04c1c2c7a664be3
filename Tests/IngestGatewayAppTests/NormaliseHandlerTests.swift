import EventLog
import struct EventLog.Record
import Events
import IngestGatewayApp
import Testing

/// The handler, driven as the runner drives it, without a runner.
@Suite struct NormaliseHandlerTests {
  private func batch(_ bodies: String...) -> StepBatch {
    StepBatch(
      records: bodies.enumerated().map { index, body in
        Record(
          partition: TopicPartition(Topics.webhooksRaw.name, 1), offset: Int64(index), timestamp: Gateway.receivedAt.milliseconds,
          key: Array("shop".utf8), value: Array(body.utf8))
      })
  }

  private func messages(_ outputs: [OutgoingRecord]) -> Int { outputs.filter { $0.topic == Topics.messagesInbound.name }.count }

  @Test func `a batch sees what it has stored itself`() async throws {
    try await Gateway.run(normalises: false) { gateway in
      let outputs = try gateway.makeHandler().process(batch(Webhook.messages("wamid.1"), Webhook.messages("wamid.1", "wamid.2")))
      #expect(messages(outputs) == 2)
      #expect(outputs.filter { $0.topic == Topics.contactAliases.name }.count == 1)
    }
  }

  @Test func `what was committed counts before the view has folded it`() async throws {
    try await Gateway.run(normalises: false) { gateway in
      let handler = gateway.makeHandler()
      let outputs = try handler.process(batch(Webhook.messages("wamid.1")))
      handler.committed(outputs.map { Position(TopicPartition($0.topic, 0), 1_000) })
      let again = try handler.process(batch(Webhook.messages("wamid.1", "wamid.2")))
      #expect(messages(again) == 1)
      #expect(again.allSatisfy { $0.topic != Topics.contactAliases.name })
    }
  }

  @Test func `what was aborted counts for nothing, and comes again the same`() async throws {
    try await Gateway.run(normalises: false) { gateway in
      let handler = gateway.makeHandler()
      let first = try handler.process(batch(Webhook.messages("wamid.1")))
      handler.aborted()
      #expect(try handler.process(batch(Webhook.messages("wamid.1"))) == first)
      #expect(messages(first) == 1)
    }
  }

  @Test func `what the view has folded is known without the overlay`() async throws {
    try await Gateway.run { gateway in
      #expect(try await gateway.post(Webhook.messages("wamid.1")).status == 200)
      _ = try await gateway.settled(bodies: 1)
      let outputs = try gateway.makeHandler().process(batch(Webhook.messages("wamid.1", "wamid.2")))
      #expect(messages(outputs) == 1)
      #expect(outputs.allSatisfy { $0.topic != Topics.contactAliases.name })
    }
  }

  @Test func `a body that is given up is a dead letter and one counted change`() async throws {
    try await Gateway.run(normalises: false) { gateway in
      let record = batch("{}").records[0]
      let outputs = gateway.makeHandler().deadLetter(record, reason: .killed(times: 3))
      #expect(outputs.map(\.topic) == [Topics.deadLetters.name, Topics.webhooksNormalised.name])
      guard let value = outputs.last?.value, case .known(let envelope) = try RecordCoding.decode(value, as: IngestRecord.self),
        case .bodyNormalised(let body) = envelope.body
      else {
        Issue.record("no summary")
        return
      }
      #expect(body.changes == ItemCounts(deadLettered: 1))
    }
  }
}
