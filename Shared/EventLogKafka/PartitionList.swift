import CRdKafka
import EventLog

/// Owns a list of partitions with offsets, as librdkafka passes them.
final class PartitionList {
  typealias Pointer = UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  private let pointer: Pointer

  init(_ offsets: [TopicPartition: Int64]) {
    pointer = rd_kafka_topic_partition_list_new(Int32(offsets.count))
    for (partition, offset) in offsets {
      rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition).pointee.offset = offset
    }
  }

  convenience init(_ partitions: some Sequence<TopicPartition>, offset: Int64 = Int64(RD_KAFKA_OFFSET_INVALID)) {
    self.init(Dictionary(partitions.map { ($0, offset) }) { first, _ in first })
  }

  /// Lends the list to C; it lives as long as `body`.
  func lend<R>(_ body: (Pointer) throws -> R) rethrows -> R {
    try withExtendedLifetime(self) { try body(pointer) }
  }

  deinit { rd_kafka_topic_partition_list_destroy(pointer) }

  struct Element {
    let partition: TopicPartition
    let offset: Int64
    let error: rd_kafka_resp_err_t
  }

  var elements: [Element] { lend { Self.elements($0) } }

  /// Reads a list that librdkafka owns.
  static func elements(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>?) -> [Element] {
    guard let list = list?.pointee else { return [] }
    return (0..<Int(list.cnt)).map { index in
      let element = list.elems[index]
      return Element(
        partition: TopicPartition(String(cString: element.topic), element.partition), offset: element.offset, error: element.err)
    }
  }
}
