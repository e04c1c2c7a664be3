import CRdKafka
import EventLog
import Logging

/// The producer of a step. Used from one thread, which also serves the delivery reports: librdkafka does so inside its transactional calls.
final class TransactionalProducer {
  static let queueFullPollMilliseconds: Int32 = 10

  let handle: KafkaHandle
  /// The end of a transaction is unknown: only a new producer of the same id can settle it.
  private(set) var isBroken = false
  private let limits: TopicLimits
  private let timeoutMilliseconds: Int

  /// Fences every earlier producer of the same id, and ends what it had begun.
  init(settings: KafkaSettings, step: StepSettings, limits: TopicLimits, logger: Logger) throws {
    handle = try KafkaHandle(RD_KAFKA_PRODUCER, KafkaConfiguration(settings: settings, role: .transactional(step)), logger: logger)
    self.limits = limits
    timeoutMilliseconds = step.transactionTimeoutMilliseconds
    do {
      try repeating(within: settings.requestTimeoutMilliseconds) { rd_kafka_init_transactions(handle.rk, $0) }
    } catch {
      throw error.logError(handle)
    }
  }

  /// Writes the records and moves the group's offsets, both or neither.
  func commit(_ records: [OutgoingRecord], offsets: PartitionList, group: OpaquePointer) throws -> [Position] {
    for record in records { try limits.check(record) }
    try handle.checkFatal()
    let deliveries = Deliveries(count: records.count, limits: limits)
    do {
      try KafkaError.check(rd_kafka_begin_transaction(handle.rk))
      try produce(records, deliveries)
      try repeating { timeout in offsets.lend { rd_kafka_send_offsets_to_transaction(handle.rk, $0, group, timeout) } }
    } catch {
      throw undo(error, deliveries)
    }
    do {
      try repeating { rd_kafka_commit_transaction(handle.rk, $0) }
    } catch  where error.isRetriable && !error.requiresAbort && !error.isFatal {
      isBroken = true
      throw LogError.unavailable("whether the step was committed is not known: \(error.reason)")
    } catch {
      throw undo(error, deliveries)
    }
    return try positions(deliveries)
  }

  private func produce(_ records: [OutgoingRecord], _ deliveries: Deliveries) throws(KafkaError) {
    let deadline = Deadline(milliseconds: timeoutMilliseconds)
    for (index, record) in records.enumerated() {
      while true {
        do {
          try handle.produce(record, DeliveryTicket(deliveries, index))
          break
        } catch  where error.code == RD_KAFKA_RESP_ERR__QUEUE_FULL && !deadline.hasPassed {
          rd_kafka_poll(handle.rk, Self.queueFullPollMilliseconds)
        } catch {
          if error.code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE {
            deliveries.giveUp(
              1, .tooLarge(topic: record.topic, bytes: record.size, limitBytes: limits.limit(of: record.topic)))
          }
          throw error
        }
      }
    }
  }

  /// Every report is in after a commit: it flushes first.
  private func positions(_ deliveries: Deliveries) throws -> [Position] {
    let deadline = Deadline(milliseconds: timeoutMilliseconds)
    while true {
      if let result = deliveries.result { return try result.get() }
      if deadline.hasPassed { throw LogError.unusable("a commit has left records without a delivery report") }
      rd_kafka_poll(handle.rk, Self.queueFullPollMilliseconds)
    }
  }

  /// Aborts, and says what that means for the step.
  private func undo(_ cause: KafkaError, _ deliveries: Deliveries) -> LogError {
    if cause.isFatal || handle.fatalError != nil { return cause.logError(handle) }
    do {
      try repeating { rd_kafka_abort_transaction(handle.rk, $0) }
    } catch {
      if error.isFatal || handle.fatalError != nil { return error.logError(handle) }
      isBroken = true
      return .unavailable("the step could not be undone yet: \(error.reason)")
    }
    rd_kafka_poll(handle.rk, 0)
    switch deliveries.failure {
    case .tooLarge?, .unknownTopic?: return deliveries.failure ?? .aborted(cause.reason)
    default: break
    }
    switch cause.logError(handle) {
    case .fenced(let reason): return .fenced(reason)
    case .unusable(let reason): return .unusable(reason)
    default: return .aborted(cause.reason)
    }
  }

  /// Calls again while the error is of the kind that passes, for as long as a transaction may take.
  private func repeating(within milliseconds: Int? = nil, _ call: (Int32) -> OpaquePointer?) throws(KafkaError) {
    let deadline = Deadline(milliseconds: milliseconds ?? timeoutMilliseconds)
    while true {
      do {
        return try KafkaError.check(call(max(deadline.remainingMilliseconds, 1)))
      } catch  where error.isRetriable && !error.requiresAbort && !error.isFatal && !deadline.hasPassed {
        rd_kafka_poll(handle.rk, Self.queueFullPollMilliseconds)
      }
    }
  }
}
