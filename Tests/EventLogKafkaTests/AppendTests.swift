import EventLog
import EventLogKafka
import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(2)))
struct AppendTests {
  @Test func `what is appended is read again with key, headers, timestamp and position`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      let sent = [
        record(topics.input, "k", "v", headers: [Header("a", "1"), Header("a", "2"), Header("empty", "")]),
        record(topics.input, "k", nil),
        record(topics.input, nil, ""),
      ]
      let positions = try log.appendBlocking(sent)
      #expect(positions.map(\.offset) == [0, 1, 2])
      let read = try log.readAll(topics.input)
      #expect(read.map(\.position) == positions)
      #expect(read.map(\.key) == sent.map(\.key))
      #expect(read.map(\.value) == sent.map(\.value))
      #expect(read.map(\.headers) == sent.map(\.headers))
      #expect(read.map(\.timestamp) == sent.map(\.timestamp))
    }
  }

  @Test func `a record of four megabytes goes through`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      let value = [UInt8](repeating: 7, count: 4 << 20)
      try log.appendBlocking([OutgoingRecord(topic: topics.input, key: [1], value: value, timestamp: 1)])
      #expect(try log.readAll(topics.input).first?.value == value)
    }
  }

  @Test func `keys go where the partitioner says, and keep their order there`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 4)
      let sent = (0..<400).map { record(topics.input, "key \($0 % 20)", "\($0)") }
      let positions = try log.appendBlocking(sent)
      for (record, position) in zip(sent, positions) {
        #expect(position.partition.partition == Partitioner.partition(of: record.key ?? [], count: 4))
      }
      for (_, records) in Dictionary(grouping: try log.readAll(topics.input), by: \.key) {
        #expect(records.map(\.text) == records.map(\.text).sorted { Int($0) ?? 0 < Int($1) ?? 0 })
        #expect(records.count == 20)
      }
    }
  }

  @Test func `a record over the limit of its topic is refused with both sizes`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, maxMessageBytes: 1_000)
      let big = OutgoingRecord(topic: topics.input, key: [1], value: [UInt8](repeating: 0, count: 1_000), timestamp: 1)
      #expect(throws: LogError.tooLarge(topic: topics.input, bytes: 1_001, limitBytes: 1_000)) { try log.appendBlocking([big]) }
    }
  }

  @Test func `a record over the limit of the client is refused`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let big = OutgoingRecord(topic: "any", key: nil, value: [UInt8](repeating: 0, count: 9 << 20), timestamp: 1)
      #expect {
        try log.appendBlocking([big])
      } throws: {
        if case LogError.tooLarge? = $0 as? LogError { true } else { false }
      }
    }
  }

  @Test func `a topic that does not exist is named`() async throws {
    try await blocking {
      let log = try TestBroker.log(ackTimeoutMilliseconds: 3_000)
      defer { log.close() }
      let missing = "missing.\(UUID().uuidString)"
      #expect(throws: LogError.unknownTopic(missing)) { try log.appendBlocking([record(missing, "k", "v")]) }
      #expect(throws: LogError.unknownTopic(missing)) { try log.offsets(of: [missing], isolation: .readCommitted) }
    }
  }

  @Test func `nothing is appended after the log was closed`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      let topics = try TestTopics(log)
      log.close()
      #expect(throws: LogError.unavailable("the log is closed")) { try log.appendBlocking(topics.records(0..<1)) }
    }
  }
}
