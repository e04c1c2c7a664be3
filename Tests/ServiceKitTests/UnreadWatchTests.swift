import EventLog
import EventLogEmbedded
import Foundation
import Logging
import ServiceKit
import Synchronization
import Testing

@Suite struct UnreadWatchTests {
  static let dayMilliseconds: Int64 = 86_400_000
  static let group = "words.count"
  static let start: Int64 = 1_800_000_000_000

  let folder = FileManager.default.temporaryDirectory.appending(path: "unread-\(UUID().uuidString)").path
  let topics = [
    TopicSettings(name: "words", retention: .days(4), maxMessageBytes: 1_000),
    TopicSettings(name: "names", retention: .forever, maxMessageBytes: 1_000),
  ]

  /// A clock that the test sets.
  final class Clock: Sendable {
    let time = Mutex(start)
    var now: Int64 { time.withLock { $0 } }
    func advance(days: Double) { time.withLock { $0 += Int64(days * Double(dayMilliseconds)) } }
  }

  func withWatch(_ body: (EmbeddedLog, UnreadWatch, Clock) async throws -> Void) async throws {
    let clock = Clock()
    let log = try EmbeddedLog(folder: folder, settings: EmbeddedSettings(now: { clock.now }))
    defer {
      log.close()
      try? FileManager.default.removeItem(atPath: folder)
    }
    try log.createTopics(topics, partitions: 2)
    try await body(log, UnreadWatch(group: Self.group, topics: topics, log: log, now: { clock.now }, logger: Logger(label: "test")), clock)
  }

  func append(_ topic: String, _ key: String, at time: Int64, _ log: EmbeddedLog) async throws -> Position {
    try await log.append([OutgoingRecord(topic: topic, key: Array(key.utf8), value: [1], timestamp: time)])[0]
  }

  func commit(_ next: [TopicPartition: Int64], _ log: EmbeddedLog) throws {
    let step = try log.openStep(StepSettings(group: Self.group, topics: ["words"], memberId: "\(Self.group)/test/0"))
    defer { step.close() }
    var assigned: Set<TopicPartition> = []
    let deadline = ContinuousClock.now + .seconds(5)
    while assigned.isEmpty, ContinuousClock.now < deadline {
      assigned = try step.poll(maxRecords: 1, timeoutMilliseconds: 100).assignment ?? []
    }
    _ = try step.commit(outputs: [], inputs: next)
  }

  @Test func `a record that is unread at half of its topic's retention makes the instance not ready, until it is read`() async throws {
    try await withWatch { log, watch, clock in
      let position = try await append("words", "a", at: clock.now, log)
      clock.advance(days: 1.9)
      try watch.look()
      #expect(watch.check.problem() == nil)
      clock.advance(days: 0.2)
      try watch.look()
      #expect(watch.check.problem()?.contains("words") == true)

      try commit([position.partition: position.offset + 1], log)
      try watch.look()
      #expect(watch.check.problem() == nil)
    }
  }

  @Test func `the oldest unread record counts, on whichever partition it is`() async throws {
    try await withWatch { log, watch, clock in
      let old = try await append("words", "a", at: clock.now, log)
      clock.advance(days: 2.5)
      var other = old
      for number in 0..<20 where other.partition == old.partition {
        other = try await append("words", "key \(number)", at: clock.now, log)
      }
      try #require(other.partition != old.partition)
      try commit([other.partition: other.offset + 1], log)
      try watch.look()
      #expect(watch.check.problem() != nil)
      try commit([old.partition: old.offset + 1], log)
      try watch.look()
      #expect(watch.check.problem() == nil)
    }
  }

  @Test func `a topic that is kept for ever is never too old`() async throws {
    try await withWatch { log, watch, clock in
      _ = try await append("names", "a", at: clock.now, log)
      clock.advance(days: 1_000)
      try watch.look()
      #expect(watch.check.problem() == nil)
    }
  }
}
