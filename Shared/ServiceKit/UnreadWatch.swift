import EventLog
import Foundation
import Logging
import Metrics
import Synchronization

/// Watches the age of the oldest record that a step has not read yet, in input topics that are kept for days: at the end of its retention
/// a record is gone, read or not. From half of it on the instance is not ready and an error is logged.
///
/// The gauge `parley_step_unread_age_seconds` has the age, `parley_step_unread_limit_seconds` the half of the retention.
public final class UnreadWatch: Sendable {
  static let intervalSeconds = 60.0
  /// How long one look waits for one record.
  static let readTimeoutMilliseconds = 5_000
  private static let dayMilliseconds: Int64 = 86_400_000

  private let group: String
  /// Half of the retention of each topic, in milliseconds.
  private let limits: [String: Int64]
  private let log: any EventLog
  private let now: @Sendable () -> Int64
  private let logger: Logger
  private let found = Mutex<String?>(nil)
  private let wakeUp = DispatchSemaphore(value: 0)

  /// - Parameter now: milliseconds since 1970.
  public init(group: String, topics: [TopicSettings], log: any EventLog, now: @escaping @Sendable () -> Int64, logger: Logger) {
    self.group = group
    limits = topics.reduce(into: [:]) { limits, topic in
      if case .days(let days) = topic.retention { limits[topic.name] = Int64(days) * Self.dayMilliseconds / 2 }
    }
    self.log = log
    self.now = now
    self.logger = logger
  }

  /// Answers from the last look, so it never waits for the log.
  public var check: ReadinessCheck { ReadinessCheck("unread.\(group)") { self.found.withLock { $0 } } }

  public var loop: Loop {
    Loop("unread.\(group)", wake: { self.wakeUp.signal() }) { stop in
      while !stop.isStopped {
        do {
          try self.look()
        } catch let error as LogError where error.isRetriable {
          // The next look comes soon, and the step itself says that the log is away.
        } catch let error as LogError {
          // Records may be removed while one looks at them: a watch that fails is no reason to end the process.
          self.logger.warning("unread records were not looked at", metadata: ["group": "\(self.group)", "reason": "\(error)"])
        }
        _ = self.wakeUp.wait(timeout: .now() + Self.intervalSeconds)
      }
    }
  }

  /// Looks once. Blocks for a moment.
  ///
  /// - Throws: ``LogError``.
  package func look() throws {
    let ages = try limits.keys.sorted().map { ($0, try oldestUnreadAge(of: $0)) }
    var problem: String?
    for (topic, age) in ages {
      let limit = limits[topic] ?? 0
      let labels = [("group", group), ("topic", topic)]
      Gauge(label: "parley_step_unread_age_seconds", dimensions: labels).record(age / 1_000)
      Gauge(label: "parley_step_unread_limit_seconds", dimensions: labels).record(limit / 1_000)
      if age < limit { continue }
      problem = "the oldest unread record of \(topic) is \(age / 1_000) s old, over half of its retention; unread records will be removed"
      logger.error("records are close to being removed unread", metadata: ["group": "\(group)", "reason": "\(problem ?? "")"])
    }
    found.withLock { $0 = problem }
  }

  /// In milliseconds; 0 when everything has been read.
  private func oldestUnreadAge(of topic: String) throws -> Int64 {
    let committed = try log.committedOffsets(group: group, topics: [topic])
    let held = try log.offsets(of: [topic], isolation: .readCommitted)
    let unread = held.compactMap { partition, range -> (TopicPartition, Int64)? in
      let next = max(committed[partition] ?? range.low, range.low)
      return next < range.high ? (partition, next) : nil
    }
    let oldest = try unread.compactMap { try timestamp(of: $0, atOrAfter: $1) }.min()
    return oldest.map { max(0, now() - $0) } ?? 0
  }

  /// `nil` where only the marks of commits are left unread.
  private func timestamp(of partition: TopicPartition, atOrAfter offset: Int64) throws -> Int64? {
    let follower = try log.openFollower(from: [partition: offset])
    defer { follower.close() }
    return try follower.poll(maxRecords: 1, timeoutMilliseconds: Self.readTimeoutMilliseconds).records.first?.timestamp
  }
}
