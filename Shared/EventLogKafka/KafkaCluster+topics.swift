import CRdKafka
import EventLog
import Foundation

extension TopicSettings {
  /// A broker's `max.message.bytes` is about batches; a small limit of a record (``TopicLimits``) must not refuse them.
  static let minBatchBytes = 1 << 20

  /// Kafka's properties of the topic.
  var kafkaProperties: [(String, String)] {
    let size = [("max.message.bytes", "\(max(maxMessageBytes, Self.minBatchBytes) + TopicLimits.framingBytes)")]
    switch retention {
    case .forever: return size + [("retention.ms", "-1"), ("retention.bytes", "-1")]
    case .days(let days): return size + [("retention.ms", "\(days * 86_400_000)")]
    case .compacted:
      return size + [
        ("cleanup.policy", "compact"), ("delete.retention.ms", "\(90 * 86_400_000)"), ("segment.ms", "3600000"),
        ("max.compaction.lag.ms", "86400000"), ("min.cleanable.dirty.ratio", "0.1"),
      ]
    }
  }
}

extension KafkaCluster {
  /// How often the brokers are asked whether a new topic is there.
  static let topicPollSeconds = 0.02

  func createTopics(_ topics: [TopicSettings], partitions: Int32) throws {
    let existing = try self.topics()
    for topic in topics {
      if let count = existing[topic.name], count != partitions {
        throw LogError.unusable("\(topic.name) has \(count) partitions, but \(partitions) are asked for; `parley topics migrate` copies it")
      }
    }
    let missing = topics.filter { existing[$0.name] == nil }
    if missing.isEmpty { return }
    try create(missing, partitions)
    try waitFor(missing.map(\.name), partitions)
  }

  private func create(_ topics: [TopicSettings], _ partitions: Int32) throws {
    var requests: [OpaquePointer?] = []
    defer { for request in requests { rd_kafka_NewTopic_destroy(request) } }
    var text = [CChar](repeating: 0, count: 512)
    for topic in topics {
      guard let request = rd_kafka_NewTopic_new(topic.name, partitions, Int32(clamping: settings.replicationFactor), &text, text.count)
      else {
        throw LogError.unusable("\(topic.name) cannot be created: \(string(text))")
      }
      requests.append(request)
      for (name, value) in topic.kafkaProperties {
        try handle.check(rd_kafka_NewTopic_set_config(request, name, value), "\(name) of \(topic.name)")
      }
    }
    try admin(RD_KAFKA_ADMIN_OP_CREATETOPICS, "create topics") { options, queue in
      rd_kafka_CreateTopics(handle.rk, &requests, requests.count, options, queue)
    } read: { event in
      try checkCreated(event)
    }
  }

  private func checkCreated(_ event: OpaquePointer) throws {
    var count = 0
    let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
    for index in 0..<count {
      guard let result = results?[index] else { continue }
      let code = rd_kafka_topic_result_error(result)
      // Someone else may have created it meanwhile.
      if code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { continue }
      let reason = rd_kafka_topic_result_error_string(result).map { String(cString: $0) } ?? KafkaError.text(code)
      throw KafkaError(code: code, reason: "create \(String(cString: rd_kafka_topic_result_name(result))): \(reason)").logError(handle)
    }
  }

  /// A topic is usable when every broker that is asked knows it, which takes a moment after its creation.
  private func waitFor(_ names: [String], _ partitions: Int32) throws {
    let deadline = Deadline(milliseconds: timeoutMilliseconds)
    while true {
      let known = try topics()
      if names.allSatisfy({ known[$0] == partitions }) { return }
      if let wrong = names.first(where: { known[$0] != nil && known[$0] != partitions }) {
        throw LogError.unusable("\(wrong) has \(known[wrong] ?? 0) partitions, but \(partitions) are asked for")
      }
      if deadline.hasPassed { throw LogError.unavailable("the new topics do not appear: \(names.joined(separator: ", "))") }
      Thread.sleep(forTimeInterval: Self.topicPollSeconds)
    }
  }
}
