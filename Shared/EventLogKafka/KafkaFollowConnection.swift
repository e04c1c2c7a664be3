import CRdKafka
import EventLog
import Logging

/// A reader of committed records at offsets of its own.
final class KafkaFollowConnection: FollowConnection {
  static let maxPollBytes = 16 << 20

  private let handle: KafkaHandle

  init(settings: KafkaSettings, positions: [TopicPartition: Int64], logger: Logger) throws {
    handle = try KafkaHandle(RD_KAFKA_CONSUMER, KafkaConfiguration(settings: settings, role: .follower), logger: logger)
    try handle.check(PartitionList(positions).lend { rd_kafka_assign(handle.rk, $0) }, "follow")
  }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> FollowPoll {
    try handle.checkFatal()
    var poll = FollowPoll()
    var bytes = 0
    var wait = timeoutMilliseconds
    while poll.records.count < maxRecords, bytes < Self.maxPollBytes {
      switch handle.consume(timeoutMilliseconds: wait) {
      case .record(let record)?:
        poll.positions[record.partition] = record.offset + 1
        poll.records.append(record)
        bytes += record.value?.count ?? 0
        wait = 0
      case .end(let partition, let next)?:
        poll.positions[partition] = next
        wait = 0
      case .failure(let error, let partition)?:
        try report(error, partition)
        wait = 0
      case .stale?, nil: return poll
      }
    }
    return poll
  }

  /// Lost brokers come back; only what cannot pass is thrown.
  private func report(_ error: KafkaError, _ partition: TopicPartition?) throws {
    if error.code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET {
      throw LogError.position("\(partition?.description ?? "a partition") cannot be followed: \(error.reason)")
    }
    let problem = error.logError(handle, topic: partition?.topic)
    if !problem.isRetriable { throw problem }
  }

  func wake() {
    guard let queue = rd_kafka_queue_get_consumer(handle.rk) else { return }
    rd_kafka_queue_yield(queue)
    rd_kafka_queue_destroy(queue)
  }

  /// Stops fetching; the handle goes with the object.
  func close() { rd_kafka_assign(handle.rk, nil) }
}
