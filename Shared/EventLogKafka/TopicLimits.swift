import EventLog
import Synchronization

/// The largest record of each topic, in bytes of key, value and headers, as far as ``KafkaLog/createTopics(_:partitions:)`` has named it.
/// A broker applies its own limit to whole batches, so the limit of a record is kept here as well.
final class TopicLimits: Sendable {
  /// What framing and header lengths may take of ``KafkaConfiguration/maxRecordBytes``.
  static let framingBytes = 64 << 10
  static let clientLimitBytes = KafkaConfiguration.maxRecordBytes - framingBytes

  private let limits = Mutex<[String: Int]>([:])

  func set(_ topics: [TopicSettings]) {
    limits.withLock { limits in
      for topic in topics { limits[topic.name] = topic.maxMessageBytes }
    }
  }

  func limit(of topic: String) -> Int { min(limits.withLock { $0[topic] } ?? Self.clientLimitBytes, Self.clientLimitBytes) }

  func check(_ record: OutgoingRecord) throws {
    let size = record.size
    let limit = limit(of: record.topic)
    if size > limit { throw LogError.tooLarge(topic: record.topic, bytes: size, limitBytes: limit) }
  }
}
