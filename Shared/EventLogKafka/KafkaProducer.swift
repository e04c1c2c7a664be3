import CRdKafka
import EventLog
import Foundation
import Logging
import Synchronization

/// Appends: one idempotent producer, shared by all tasks, with a thread that serves the delivery reports.
final class KafkaProducer: Sendable {
  static let pollMilliseconds: Int32 = 100

  private let handle: KafkaHandle
  private let limits: TopicLimits
  private let stop = StopSignal()
  private let ended = DispatchSemaphore(value: 0)
  private let closed = Mutex(false)

  init(settings: KafkaSettings, limits: TopicLimits, logger: Logger) throws {
    handle = try KafkaHandle(RD_KAFKA_PRODUCER, KafkaConfiguration(settings: settings, role: .appender), logger: logger)
    self.limits = limits
    let thread = Thread { [handle, stop, ended] in
      while !stop.isStopped { rd_kafka_poll(handle.rk, Self.pollMilliseconds) }
      ended.signal()
    }
    thread.name = "kafka-appends"
    thread.start()
  }

  func append(_ records: [OutgoingRecord]) async throws -> [Position] {
    for record in records { try limits.check(record) }
    try handle.checkFatal()
    if records.isEmpty { return [] }
    return try await withCheckedThrowingContinuation { continuation in
      let deliveries = Deliveries(count: records.count, limits: limits) { continuation.resume(with: $0) }
      enqueue(records, deliveries)
    }
  }

  /// Under the lock, so that no record slips in after ``close(timeoutMilliseconds:)`` has collected the last reports.
  private func enqueue(_ records: [OutgoingRecord], _ deliveries: Deliveries) {
    closed.withLock { isClosed in
      if isClosed { return deliveries.giveUp(records.count, .unavailable("the log is closed")) }
      for (index, record) in records.enumerated() {
        do throws(KafkaError) {
          try handle.produce(record, DeliveryTicket(deliveries, index))
        } catch {
          return deliveries.giveUp(records.count - index, refusal(error, record))
        }
      }
    }
  }

  private func refusal(_ error: KafkaError, _ record: OutgoingRecord) -> LogError {
    switch error.code {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      .tooLarge(topic: record.topic, bytes: record.size, limitBytes: limits.limit(of: record.topic))
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
      .unavailable("too many records wait for their acknowledgement")
    default:
      error.logError(handle, topic: record.topic)
    }
  }

  /// Gives what is under way the time it has; the rest is reported as failed, so that no task waits for ever.
  func close(timeoutMilliseconds: Int) {
    let wasClosed = closed.withLock { isClosed in
      defer { isClosed = true }
      return isClosed
    }
    if wasClosed { return }
    rd_kafka_flush(handle.rk, Int32(clamping: timeoutMilliseconds))
    rd_kafka_purge(handle.rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    rd_kafka_flush(handle.rk, Self.pollMilliseconds)
    stop.stop()
    ended.wait()
    rd_kafka_flush(handle.rk, Self.pollMilliseconds)
  }

  deinit { stop.stop() }
}
