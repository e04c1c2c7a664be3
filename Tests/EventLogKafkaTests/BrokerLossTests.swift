import EventLog
import EventLogKafka
import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(2)))
struct BrokerLossTests {
  private static func log(_ servers: String) throws -> KafkaLog {
    try KafkaLog(
      settings: KafkaSettings(bootstrapServers: [servers], ackTimeoutMilliseconds: 3_000, requestTimeoutMilliseconds: 1_000),
      logger: TestBroker.quiet)
  }

  private static func isUnavailable(_ error: any Error) -> Bool {
    if case LogError.unavailable? = error as? LogError { true } else { false }
  }

  @Test func `without a broker every call says so in time`() async throws {
    try await blocking {
      let log = try Self.log("127.0.0.1:\(try freePort())")
      let begun = ContinuousClock.now
      #expect(performing: { try log.appendBlocking([record("t", "k", "v")]) }, throws: Self.isUnavailable)
      #expect(performing: { try log.clusterId() }, throws: Self.isUnavailable)
      #expect(performing: { try log.topics() }, throws: Self.isUnavailable)
      #expect(performing: { try log.offsets(of: ["t"], isolation: .readCommitted) }, throws: Self.isUnavailable)
      #expect(
        performing: { try log.openStep(StepSettings(group: "g", topics: ["t"], memberId: "g/f/0")) }, throws: Self.isUnavailable)
      log.close()
      #expect(ContinuousClock.now - begun < .seconds(15))
    }
  }

  @Test func `appends and followers outlive a broker that goes away and comes back`() async throws {
    try await blocking {
      let mock = try MockCluster(topic: "t")
      let log = try Self.log(mock.servers)
      defer { log.close() }
      let first = try log.appendBlocking([record("t", "k", "before")])
      #expect(first.map(\.offset) == [0])
      let follower = try log.openFollower(from: [TopicPartition("t", 0): 0])
      defer { follower.close() }
      #expect(try follower.take(1).map(\.text) == ["before"])
      mock.takeAway()
      #expect(performing: { try log.appendBlocking([record("t", "k", "during")]) }, throws: Self.isUnavailable)
      #expect(try follower.poll(maxRecords: 1, timeoutMilliseconds: 100).records.isEmpty)
      mock.bringBack()
      let end = Date().addingTimeInterval(20)
      var written: [Position] = []
      while written.isEmpty, Date() < end {
        do { written = try log.appendBlocking([record("t", "k", "after")]) } catch LogError.unavailable {}
      }
      #expect(written.count == 1)
      #expect(try follower.take(1).first.map { ["during", "after"].contains($0.text) } == true)
    }
  }
}
