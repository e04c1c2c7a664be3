import CRdKafka
import EventLog
import Logging

/// The consumer of a step: a static member of its group. Used from one thread.
final class GroupMember {
  static let leaveTimeoutMilliseconds = 3_000
  static let seekTimeoutMilliseconds = 5_000

  let handle: KafkaHandle
  private(set) var assignment: Set<TopicPartition> = []
  /// Generation and member id as they were when the assignment was taken. What librdkafka holds now may already be of another one, and
  /// offsets of lost partitions would pass the broker's check.
  private(set) var metadata: OpaquePointer?
  /// The next offset of each assigned partition that the caller has not seen.
  private var next: [TopicPartition: Int64] = [:]
  private var paused: Set<TopicPartition> = []
  private var isClosed = false

  init(settings: KafkaSettings, step: StepSettings, logger: Logger) throws {
    handle = try KafkaHandle(RD_KAFKA_CONSUMER, KafkaConfiguration(settings: settings, role: .member(step)), logger: logger)
    let topics = PartitionList(step.topics.map { TopicPartition($0, -1) })
    try handle.check(topics.lend { rd_kafka_subscribe(handle.rk, $0) }, "join \(step.group)")
  }

  deinit {
    close()
    forgetMetadata()
  }

  /// Whether the group has gone on without this member; what it commits would be refused.
  var hasLostAssignment: Bool { metadata == nil || rd_kafka_assignment_lost(handle.rk) != 0 }

  /// Leaves out what librdkafka had fetched before a seek or a pause: ``resume(_:)`` begins again where the caller is.
  func consume(timeoutMilliseconds: Int) -> Consumed? {
    guard let consumed = handle.consume(timeoutMilliseconds: timeoutMilliseconds) else { return nil }
    guard case .record(let record) = consumed else { return consumed }
    guard let expected = next[record.partition], record.offset >= expected, !paused.contains(record.partition) else { return .stale }
    next[record.partition] = record.offset + 1
    return consumed
  }

  /// Begins to read at these offsets.
  func take(_ offsets: [TopicPartition: Int64]) throws {
    forgetMetadata()
    metadata = rd_kafka_consumer_group_metadata(handle.rk)
    let list = PartitionList(offsets)
    try handle.check(list.lend { rd_kafka_assign(handle.rk, $0) }, "take the assigned partitions")
    // librdkafka remembers pauses of an earlier assignment.
    try handle.check(list.lend { rd_kafka_resume_partitions(handle.rk, $0) }, "resume the assigned partitions")
    assignment = Set(offsets.keys)
    next = offsets
    paused = []
  }

  /// Everything was taken away.
  func letGo() {
    forgetMetadata()
    assignment = []
    next = [:]
    paused = []
  }

  func pause(_ partitions: Set<TopicPartition>) throws {
    let changed = partitions.intersection(assignment).subtracting(paused)
    if changed.isEmpty { return }
    try handle.check(PartitionList(changed).lend { rd_kafka_pause_partitions(handle.rk, $0) }, "pause")
    paused.formUnion(changed)
  }

  func resume(_ partitions: Set<TopicPartition>) throws {
    let changed = partitions.intersection(paused)
    if changed.isEmpty { return }
    try handle.check(PartitionList(changed).lend { rd_kafka_resume_partitions(handle.rk, $0) }, "resume")
    paused.subtract(changed)
    // librdkafka would go on after what it last delivered, also when a seek came in between.
    try seekNow(next.filter { changed.contains($0.key) })
  }

  /// Of a paused partition, the seek is done when it is resumed.
  func seek(_ offsets: [TopicPartition: Int64]) throws {
    let known = offsets.filter { assignment.contains($0.key) }
    next.merge(known) { $1 }
    try seekNow(known.filter { !paused.contains($0.key) })
  }

  private func seekNow(_ offsets: [TopicPartition: Int64]) throws {
    let deadline = Deadline(milliseconds: Self.seekTimeoutMilliseconds)
    var open = offsets
    while !open.isEmpty {
      let list = PartitionList(open)
      try KafkaError.checkLog(list.lend { rd_kafka_seek_partitions(handle.rk, $0, deadline.remainingMilliseconds) }, handle)
      let failed = list.elements.filter { $0.error != RD_KAFKA_RESP_ERR_NO_ERROR }
      open = open.filter { entry in failed.contains { $0.partition == entry.key } }
      // A partition that was assigned a moment ago may not be started yet.
      guard let first = failed.first, deadline.hasPassed || first.error != RD_KAFKA_RESP_ERR__STATE else { continue }
      try handle.check(first.error, "seek in \(first.partition)")
    }
  }

  private func forgetMetadata() {
    if let metadata { rd_kafka_consumer_group_metadata_destroy(metadata) }
    metadata = nil
  }

  /// Leaves the group, within a bound.
  ///
  /// librdkafka lets a static member's place stand when the consumer is closed, but not when it unsubscribes: so that the others need not
  /// wait for the session to time out, it unsubscribes first, and closes when the leave is on its way (the member id is then empty).
  func close() {
    if isClosed { return }
    isClosed = true
    let deadline = Deadline(milliseconds: Self.leaveTimeoutMilliseconds)
    rd_kafka_unsubscribe(handle.rk)
    while !deadline.hasPassed, !memberId.isEmpty { _ = handle.consume(timeoutMilliseconds: 10) }
    guard let queue = rd_kafka_queue_new(handle.rk) else { return }
    defer { rd_kafka_queue_destroy(queue) }
    if let error = rd_kafka_consumer_close_queue(handle.rk, queue) { return rd_kafka_error_destroy(error) }
    while !deadline.hasPassed, rd_kafka_consumer_closed(handle.rk) == 0 {
      // Errors and late records come here too, and the queue's callback-only poll aborts the process on them.
      if let message = rd_kafka_consume_queue(queue, 10) { rd_kafka_message_destroy(message) }
    }
  }

  private var memberId: String {
    guard let text = rd_kafka_memberid(handle.rk) else { return "" }
    defer { rd_kafka_mem_free(handle.rk, text) }
    return String(cString: text)
  }
}
