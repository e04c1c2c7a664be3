import CRdKafka
import EventLog
import Logging
import Synchronization

/// Questions to the brokers. Nothing is remembered but partition counts, which never change.
final class KafkaCluster: Sendable {
  let timeoutMilliseconds: Int
  let settings: KafkaSettings
  /// Sees also what open transactions have written.
  let handle: KafkaHandle
  private let committedHandle: KafkaHandle
  private let counts = Mutex<[String: Int32]>([:])

  init(settings: KafkaSettings, logger: Logger) throws {
    func make(_ isolation: Isolation) throws -> KafkaHandle {
      try KafkaHandle(RD_KAFKA_CONSUMER, KafkaConfiguration(settings: settings, role: .query(isolation)), logger: logger)
    }
    self.settings = settings
    timeoutMilliseconds = settings.requestTimeoutMilliseconds
    handle = try make(.readUncommitted)
    committedHandle = try make(.readCommitted)
  }

  func clusterId() throws -> String {
    guard let id = rd_kafka_clusterid(handle.rk, Int32(clamping: timeoutMilliseconds)) else {
      throw KafkaError(code: RD_KAFKA_RESP_ERR__TIMED_OUT, reason: "the cluster does not name itself").logError(handle)
    }
    defer { rd_kafka_mem_free(handle.rk, id) }
    return String(cString: id)
  }

  /// The topics with their number of partitions, without those of the brokers themselves.
  func topics() throws -> [String: Int32] {
    var pointer: UnsafePointer<rd_kafka_metadata>?
    try handle.check(rd_kafka_metadata(handle.rk, 1, nil, &pointer, Int32(clamping: timeoutMilliseconds)), "list the topics")
    guard let pointer else { return [:] }
    defer { rd_kafka_metadata_destroy(pointer) }
    var found: [String: Int32] = [:]
    for index in 0..<Int(pointer.pointee.topic_cnt) {
      let topic = pointer.pointee.topics[index]
      let name = String(cString: topic.topic)
      if topic.err == RD_KAFKA_RESP_ERR_NO_ERROR, !name.hasPrefix("__") { found[name] = topic.partition_cnt }
    }
    counts.withLock { [found] in $0.merge(found) { $1 } }
    return found
  }

  /// - Throws: ``LogError/unknownTopic(_:)``.
  func partitions(of topics: [String]) throws -> [TopicPartition] {
    var known = counts.withLock { $0 }
    if topics.contains(where: { known[$0] == nil }) { known = try self.topics() }
    return try topics.flatMap { topic in
      guard let count = known[topic] else { throw LogError.unknownTopic(topic) }
      return (0..<count).map { TopicPartition(topic, $0) }
    }
  }

  /// What is held of the partitions: two requests to each leader.
  func offsets(of partitions: [TopicPartition], isolation: Isolation) throws -> [TopicPartition: OffsetRange] {
    if partitions.isEmpty { return [:] }
    let handle = isolation == .readCommitted ? committedHandle : self.handle
    let high = try ends(partitions, Int64(RD_KAFKA_OFFSET_END), handle)
    let low = try ends(partitions, Int64(RD_KAFKA_OFFSET_BEGINNING), handle)
    var ranges: [TopicPartition: OffsetRange] = [:]
    for (partition, low) in low {
      if let high = high[partition] { ranges[partition] = OffsetRange(low: low, high: high) }
    }
    return ranges
  }

  /// Kafka answers a question for the time -1 with the end and for -2 with the beginning.
  private func ends(_ partitions: [TopicPartition], _ time: Int64, _ handle: KafkaHandle) throws -> [TopicPartition: Int64] {
    let list = PartitionList(partitions, offset: time)
    let timeout = Int32(clamping: timeoutMilliseconds)
    try handle.check(list.lend { rd_kafka_offsets_for_times(handle.rk, $0, timeout) }, "ask for offsets")
    var found: [TopicPartition: Int64] = [:]
    for element in list.elements {
      try handle.check(element.error, "ask for the offsets of \(element.partition)", topic: element.partition.topic)
      found[element.partition] = element.offset
    }
    return found
  }
}
