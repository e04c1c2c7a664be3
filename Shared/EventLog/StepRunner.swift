import Foundation
import Logging

/// The loop of a step: polls, lets the handler decide, commits outputs with offsets, and deals with what goes wrong.
///
/// `run` blocks; give it a thread (``BlockingThread``).
public struct StepRunner: Sendable {
  /// How long a poll waits for the first record. Bounds how late a stop or a catch-up is noticed.
  static let pollTimeoutMilliseconds = 100
  static let maxBackoffMilliseconds = 2_000

  let log: any EventLog
  let plan: StepPlan
  let slot: Slot
  let now: @Sendable () -> Int64
  let logger: Logger
  let makeHandler: @Sendable () throws -> any StepHandler

  /// - Parameter now: milliseconds since 1970, for ticks only.
  public init(
    log: any EventLog, plan: StepPlan, slot: Slot, logger: Logger, now: @escaping @Sendable () -> Int64 = StepRunner.wallClock,
    makeHandler: @escaping @Sendable () throws -> any StepHandler
  ) {
    self.log = log
    self.plan = plan
    self.slot = slot
    self.now = now
    self.logger = logger
    self.makeHandler = makeHandler
  }

  @Sendable public static func wallClock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// Returns when `stop` is given.
  ///
  /// - Throws: ``LogError`` that trying again cannot cure: the process must end (fenced) or a person must act.
  public func run(stop: StopSignal) throws {
    try checkPartitionCounts()
    let settings = StepSettings(
      group: plan.group, topics: plan.topics, memberId: slot.memberId, sessionTimeoutMilliseconds: plan.sessionTimeoutMilliseconds)
    var poison = try PoisonFile(path: slot.poisonPath)
    let handler = try makeHandler()
    let connection = try log.openStep(settings)
    defer { connection.close() }
    var lanes = StepLanes(plan: plan, log: log, connection: connection, handler: handler)
    let worker = StepWorker(plan: plan, connection: connection, handler: handler, logger: logger)
    var backoff = 0
    var nextTick: Int64 = 0

    while !stop.isStopped {
      do {
        try lanes.restartIfClosed()
        let poll = try connection.poll(maxRecords: plan.maxBatchRecords, timeoutMilliseconds: Self.pollTimeoutMilliseconds)
        if let assignment = poll.assignment { try lanes.take(assignment) }
        try lanes.openReady()
        let records = poll.records.filter { lanes.isOpen($0.partition) }
        let tick = dueTick(&nextTick, open: lanes.open)
        if records.isEmpty && tick == nil { continue }
        try worker.work(StepBatch(records: records, tick: tick, tickPartitions: lanes.open), &poison)
        backoff = 0
      } catch let failure where Self.isPassing(failure) {
        logger.warning("step undone", metadata: ["group": "\(plan.group)", "reason": "\(failure)"])
        poison.end()
        handler.aborted()
        lanes.close()
        backoff = min(max(backoff * 2, 20), Self.maxBackoffMilliseconds)
        Thread.sleep(forTimeInterval: Double(backoff) / 1_000)
      } catch {
        poison.end()
        throw error
      }
    }
  }

  /// An error after which the same records may be processed again.
  static func isPassing(_ error: any Error) -> Bool {
    (error as? LogError)?.isRetriable == true || error is StateUnavailable
  }

  private func dueTick(_ next: inout Int64, open: Set<Int32>) -> Int64? {
    guard let interval = plan.tickMilliseconds, !open.isEmpty else { return nil }
    let time = now()
    if time < next { return nil }
    next = time + Int64(interval)
    return time
  }

  private func checkPartitionCounts() throws {
    let all = try log.topics()
    let counts = try plan.topics.map { topic in
      guard let count = all[topic] else { throw LogError.unknownTopic(topic) }
      return count
    }
    guard Set(counts).count <= 1 else {
      let list = zip(plan.topics, counts).map { "\($0) has \($1)" }.joined(separator: ", ")
      throw LogError.unusable("the input topics of \(plan.group) must have the same number of partitions, but \(list)")
    }
  }
}

/// Thrown by a handler whose state cannot be read or written just now (a full disk, a locked file): nothing is wrong with the records, so
/// they are tried again instead of dead-lettered.
public struct StateUnavailable: Error, CustomStringConvertible {
  public let reason: String
  public init(_ reason: String) { self.reason = reason }
  public var description: String { "the state of the step is not available: \(reason)" }
}
