import EventLog
import EventLogKafka
import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(1)))
struct ClusterTests {
  @Test func `topics that are there are left as they are`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 3)
      try log.appendBlocking(topics.records(0..<5))
      let again = [topics.input, topics.input + ".new"].map { TopicSettings(name: $0, retention: .compacted, maxMessageBytes: 1_000) }
      try log.createTopics(again, partitions: 3)
      let found = try log.topics()
      #expect(found[topics.input] == 3)
      #expect(found[topics.input + ".new"] == 3)
      #expect(try log.readAll(topics.input).count == 5)
    }
  }

  @Test func `another number of partitions than asked for is refused with both numbers`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 3)
      #expect {
        try log.createTopics([TopicSettings(name: topics.input, retention: .days(1), maxMessageBytes: 1_000)], partitions: 4)
      } throws: { error in
        guard case LogError.unusable(let reason)? = error as? LogError else { return false }
        return reason.contains("3 partitions") && reason.contains("but 4")
      }
    }
  }

  @Test func `the cluster names itself the same to everyone`() async throws {
    try await blocking {
      let logs = [try TestBroker.log(), try TestBroker.log()]
      defer { for log in logs { log.close() } }
      let id = try logs[0].clusterId()
      #expect(!id.isEmpty)
      #expect(try logs[1].clusterId() == id)
    }
  }
}
