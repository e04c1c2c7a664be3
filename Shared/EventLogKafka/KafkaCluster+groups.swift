import CRdKafka
import EventLog

/// Where groups stand, and where they begin.
extension KafkaCluster {
  /// What the group has committed, transactions that are being committed included; partitions without an offset are missing.
  func committedOffsets(group: String, of partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
    if partitions.isEmpty { return [:] }
    let request = PartitionList(partitions).lend { rd_kafka_ListConsumerGroupOffsets_new(group, $0) }
    defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
    return try admin(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, "ask for the offsets of \(group)") { options, queue in
      if let error = rd_kafka_AdminOptions_set_require_stable_offsets(options, 1) { rd_kafka_error_destroy(error) }
      var requests: [OpaquePointer?] = [request]
      rd_kafka_ListConsumerGroupOffsets(handle.rk, &requests, 1, options, queue)
    } read: { event in
      var count = 0
      let result = rd_kafka_event_ListConsumerGroupOffsets_result(event)
      return try offsets(rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count), count)
    }
  }

  /// Writes a group's first offsets, so that from now on a missing one is a loss.
  ///
  /// A group may begin at 0 where nothing was ever removed. All partitions begin at once, before anyone joins: the brokers refuse this for a
  /// group that has members, so it cannot move one that is at work.
  ///
  /// - Throws: ``LogError/position(_:)`` where records have been removed already, or only some partitions have an offset.
  func beginGroup(_ group: String, topics: [String]) throws {
    let partitions = try partitions(of: topics)
    let known = try committedOffsets(group: group, of: partitions)
    let missing = partitions.filter { known[$0] == nil }
    if missing.isEmpty { return }
    let begun = Set(known.keys.map(\.topic))
    if let lost = missing.first(where: { begun.contains($0.topic) }) {
      throw LogError.position("\(group) has no offset for \(lost), but has some for other partitions of that topic")
    }
    let ranges = try offsets(of: missing, isolation: .readUncommitted)
    if let trimmed = missing.first(where: { (ranges[$0]?.low ?? 0) > 0 }) {
      throw LogError.position("\(group) has no offset for \(trimmed), whose first records have been removed already")
    }
    do {
      try writeOffsets(group, Dictionary(uniqueKeysWithValues: missing.map { ($0, 0) }))
    } catch {
      // Another member was faster.
      let now = try committedOffsets(group: group, of: missing)
      if now.count < missing.count { throw error }
    }
  }

  private func writeOffsets(_ group: String, _ offsets: [TopicPartition: Int64]) throws {
    let request = PartitionList(offsets).lend { rd_kafka_AlterConsumerGroupOffsets_new(group, $0) }
    defer { rd_kafka_AlterConsumerGroupOffsets_destroy(request) }
    try admin(RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, "begin \(group)") { options, queue in
      var requests: [OpaquePointer?] = [request]
      rd_kafka_AlterConsumerGroupOffsets(handle.rk, &requests, 1, options, queue)
    } read: { event in
      var count = 0
      let result = rd_kafka_event_AlterConsumerGroupOffsets_result(event)
      _ = try self.offsets(rd_kafka_AlterConsumerGroupOffsets_result_groups(result, &count), count)
    }
  }

  /// Where a member begins to read what it was given: at what is committed.
  ///
  /// - Throws: ``LogError/position(_:)`` where that is missing, removed already, or past the end.
  func startOffsets(of partitions: [TopicPartition], group: String) throws -> [TopicPartition: Int64] {
    let committed = try committedOffsets(group: group, of: partitions)
    let ranges = try offsets(of: partitions, isolation: .readUncommitted)
    for partition in partitions {
      guard let offset = committed[partition] else { throw LogError.position("\(group) has no offset for \(partition)") }
      guard let range = ranges[partition] else { throw LogError.unknownTopic(partition.topic) }
      try range.check(offset, partition, reader: group)
    }
    return committed
  }

  private func offsets(_ groups: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) throws -> [TopicPartition: Int64] {
    var found: [TopicPartition: Int64] = [:]
    for index in 0..<count {
      guard let group = groups?[index] else { continue }
      if let error = rd_kafka_group_result_error(group) {
        throw KafkaError(code: rd_kafka_error_code(error), reason: String(cString: rd_kafka_error_string(error))).logError(handle)
      }
      for element in PartitionList.elements(rd_kafka_group_result_partitions(group)) {
        try handle.check(element.error, "offsets of \(element.partition)", topic: element.partition.topic)
        if element.offset >= 0 { found[element.partition] = element.offset }
      }
    }
    return found
  }
}

extension OffsetRange {
  /// - Throws: ``LogError/position(_:)`` when a reader cannot go on at `offset`.
  func check(_ offset: Int64, _ partition: TopicPartition, reader: String) throws {
    if offset < low { throw LogError.position("\(reader) is at \(offset) of \(partition), but what is kept begins at \(low)") }
    if offset > high { throw LogError.position("\(reader) is at \(offset) of \(partition), which ends at \(high)") }
  }
}
