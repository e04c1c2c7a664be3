import EventLog
import Foundation

extension EventLog {
  /// Appends and waits.
  func appendNow(_ records: [OutgoingRecord]) throws -> [Position] { try startAppend(records).value() }

  /// Appends without waiting.
  func startAppend(_ records: [OutgoingRecord]) -> PendingAppend {
    let pending = PendingAppend()
    Task {
      do { pending.give(.success(try await append(records))) } catch { pending.give(.failure(error)) }
    }
    return pending
  }

  /// All that a reader is shown of a topic, in the order of each partition.
  func readAll(_ topic: String) throws -> [Record] {
    let ranges = try offsets(of: [topic], isolation: .readCommitted)
    let follower = try openFollower(from: ranges.mapValues(\.low))
    defer { follower.close() }
    var at = ranges.mapValues(\.low)
    var records: [Record] = []
    try waitUntil("all of \(topic) is read") {
      let poll = try follower.poll(maxRecords: 10_000, timeoutMilliseconds: 50)
      records += poll.records
      at.merge(poll.positions) { $1 }
      return ranges.allSatisfy { at[$0.key] ?? 0 >= $0.value.high }
    }
    return records
  }
}

/// The outcome of an append that runs in a task.
final class PendingAppend: Sendable {
  private let ready = DispatchSemaphore(value: 0)
  private let result = Shared<Result<[Position], any Error>?>(nil)

  func give(_ outcome: Result<[Position], any Error>) {
    result.change { $0 = outcome }
    ready.signal()
  }

  /// Whether it was answered with an error that is worth another try.
  var isRefused: Bool {
    guard case .failure(let error as LogError) = result.value else { return false }
    return error.isRetriable
  }

  /// - Throws: what the append threw.
  func value() throws -> [Position] {
    guard ready.wait(timeout: .now() + .milliseconds(maxWaitMilliseconds)) == .success, let outcome = result.value else {
      throw ContractViolation("an append was not answered in \(maxWaitMilliseconds) ms")
    }
    ready.signal()
    return try outcome.get()
  }
}
