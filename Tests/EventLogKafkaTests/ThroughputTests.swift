import EventLog
import EventLogKafka
import Foundation
import Testing

/// Figures rather than promises: run with `PARLEY_TEST_THROUGHPUT=1` in a release build.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["PARLEY_TEST_THROUGHPUT"] != nil), .timeLimit(.minutes(3)))
struct ThroughputTests {
  private static let value = [UInt8](repeating: 0x61, count: 1_000)

  private static func rate(_ count: Int, since begun: ContinuousClock.Instant) -> Int {
    Int(Double(count) / ((ContinuousClock.now - begun) / .seconds(1)))
  }

  @Test func `appends of 1 KB, 256 at a time`() async throws {
    let log = try TestBroker.log()
    let topics = try await blocking { try TestTopics(log, partitions: 12) }
    _ = try await log.append(topics.records(0..<1))
    let begun = ContinuousClock.now
    let each = 100
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<256 {
        group.addTask {
          for number in 0..<each {
            _ = try await log.append([
              OutgoingRecord(topic: topics.input, key: Array("\(task).\(number)".utf8), value: Self.value, timestamp: 1)
            ])
          }
        }
      }
      try await group.waitForAll()
    }
    let rate = Self.rate(256 * each, since: begun)
    print("appends per second: \(rate)")
    #expect(rate > 1_000)
    try await blocking { log.close() }
  }

  @Test func `records through a step, 1000 at a time, one output each`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 12)
      let count = 20_000
      for start in stride(from: 0, to: count, by: 1_000) {
        try log.appendBlocking(
          (start..<(start + 1_000)).map { OutgoingRecord(topic: topics.input, key: Array("\($0)".utf8), value: Self.value, timestamp: 1) })
      }
      let step = try topics.step()
      defer { step.close() }
      var done = 0
      var commits = 0
      var begun = ContinuousClock.now
      while done < count {
        let records = try step.poll(maxRecords: 1_000, timeoutMilliseconds: 100).records
        if records.isEmpty { continue }
        if done == 0 { begun = .now }
        let next = records.reduce(into: [TopicPartition: Int64]()) { $0[$1.partition] = $1.offset + 1 }
        let outputs = records.map { OutgoingRecord(topic: topics.output, key: $0.key, value: $0.value, timestamp: 1) }
        done += try step.commit(outputs: outputs, inputs: next).count
        commits += 1
      }
      let rate = Self.rate(done, since: begun)
      print("step records per second: \(rate), commits: \(commits), \(Self.rate(commits, since: begun)) a second")
      #expect(rate > 500)
      let small = ContinuousClock.now
      for _ in 0..<200 { _ = try step.commit(outputs: topics.records(0..<1).map { record(topics.output, "k", "\($0)") }, inputs: [:]) }
      print("commits of one record per second: \(Self.rate(200, since: small))")
    }
  }
}
