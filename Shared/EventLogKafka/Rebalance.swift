import CRdKafka
import EventLog

/// What the group's leader has decided about this member (eager protocol: everything is taken before anything is given).
enum Rebalance: Sendable {
  case assigned([TopicPartition])
  case revoked
}

/// Called by librdkafka inside a poll of the consumer, on the polling thread.
///
/// What is taken is let go at once. What is given is only noted: its start offsets are asked for by the poll, which may fail and try again,
/// and librdkafka waits for `rd_kafka_assign` meanwhile.
let rebalanceCallback:
  @convention(c) (
    OpaquePointer?, rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, UnsafeMutableRawPointer?
  ) -> Void = { rk, code, partitions, _ in
    guard let rk, let context = HandleContext.of(rk) else { return }
    if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
      let list = PartitionList.elements(partitions).map(\.partition)
      context.rebalances.withLock { $0.append(.assigned(list)) }
    } else {
      rd_kafka_assign(rk, nil)
      context.rebalances.withLock { $0.append(.revoked) }
    }
    // The poll returns now, so that nothing of the old assignment is delivered together with the new one.
    rd_kafka_yield(rk)
  }

extension HandleContext {
  /// The oldest one not yet taken.
  func nextRebalance() -> Rebalance? {
    rebalances.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}
