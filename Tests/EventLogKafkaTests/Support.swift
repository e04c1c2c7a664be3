import EventLog
import EventLogKafka
import Foundation
import Synchronization
import Testing

/// Runs blocking test code on a thread of its own, inside the task of its test: what fails there is told under the test's name.
func blocking<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
  try await withTaskExecutorPreference(ThreadPerJob()) { try body() }
}

private final class ThreadPerJob: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
  }
}

/// Topics of its own for every test, so that tests share one broker.
struct TestTopics {
  let log: KafkaLog
  let input: String
  let output: String
  let group: String

  init(_ log: KafkaLog, partitions: Int32 = 1, maxMessageBytes: Int = 5 << 20) throws {
    let id = UUID().uuidString.prefix(8).lowercased()
    self.log = log
    input = "in.\(id)"
    output = "out.\(id)"
    group = "group.\(id)"
    try log.createTopics(
      [input, output].map { TopicSettings(name: $0, retention: .forever, maxMessageBytes: maxMessageBytes) }, partitions: partitions)
  }

  func step(_ slot: Int = 0) throws -> any StepConnection {
    try log.openStep(StepSettings(group: group, topics: [input], memberId: "\(group)/test/\(slot)", sessionTimeoutMilliseconds: 6_000))
  }

  func records(_ range: Range<Int>, key: String? = nil) -> [OutgoingRecord] {
    range.map { record(input, key ?? "\($0)", "\($0)") }
  }

  var inputZero: TopicPartition { TopicPartition(input, 0) }
  var outputZero: TopicPartition { TopicPartition(output, 0) }
}

func record(_ topic: String, _ key: String?, _ value: String?, headers: [Header] = []) -> OutgoingRecord {
  OutgoingRecord(
    topic: topic, key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) }, headers: headers, timestamp: 1_700_000_000_000)
}

extension Record {
  var text: String { String(decoding: value ?? [], as: UTF8.self) }
}

extension EventLog {
  /// For code on a thread of its own, never on the cooperative pool.
  @discardableResult
  func appendBlocking(_ records: [OutgoingRecord]) throws -> [Position] {
    let answer = Answer<[Position]>()
    let log = self
    Task.detached {
      do { answer.set(.success(try await log.append(records))) } catch { answer.set(.failure(error)) }
    }
    return try answer.wait()
  }
}

/// What a task hands to a waiting thread.
final class Answer<T: Sendable>: Sendable {
  private let result = Mutex<Result<T, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func set(_ value: Result<T, any Error>) {
    result.withLock { $0 = value }
    done.signal()
  }

  /// Waits for the answer, or until the time is over.
  func isSet(within seconds: Double) -> Bool {
    if result.withLock({ $0 != nil }) { return true }
    guard done.wait(timeout: .now() + seconds) == .success else { return false }
    done.signal()
    return true
  }

  func wait() throws -> T {
    done.wait()
    guard let value = result.withLock({ $0 }) else { throw TestFailure("no answer") }
    return try value.get()
  }
}

extension StepConnection {
  /// Polls until `count` records have come, or until `seconds` are over.
  func take(_ count: Int, within seconds: Double = 20) throws -> [Record] {
    var records: [Record] = []
    let end = Date().addingTimeInterval(seconds)
    while records.count < count, Date() < end {
      records += try poll(maxRecords: count - records.count, timeoutMilliseconds: 50).records
    }
    return records
  }

  /// Polls until something is assigned; the input must be empty.
  func join(within seconds: Double = 20) throws -> Set<TopicPartition> {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if let assignment = try poll(maxRecords: 1, timeoutMilliseconds: 50).assignment, !assignment.isEmpty { return assignment }
    }
    throw TestFailure("nothing was assigned")
  }
}

extension EventLog {
  /// Reads what is committed up to the ends of the topic, as a view does.
  func readAll(_ topic: String, within seconds: Double = 20) throws -> [Record] {
    let ends = try offsets(of: [topic], isolation: .readUncommitted)
    let follower = try openFollower(from: ends.mapValues(\.low))
    defer { follower.close() }
    var open = ends.filter { $0.value.high > $0.value.low }.mapValues(\.high)
    var records: [Record] = []
    let end = Date().addingTimeInterval(seconds)
    while !open.isEmpty {
      if Date() > end { throw TestFailure("the follower does not reach \(open)") }
      let poll = try follower.poll(maxRecords: 1_000, timeoutMilliseconds: 50)
      records += poll.records
      open = open.filter { (poll.positions[$0.key] ?? -1) < $0.value }
    }
    return records
  }
}
