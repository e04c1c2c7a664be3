import EventLog
import Events

extension Topic {
  /// How the log keeps this topic.
  public var settings: TopicSettings {
    let retention: TopicSettings.Retention =
      switch self.retention {
      case .forever: .forever
      case .days(let days): .days(days)
      case .compacted: .compacted
      }
    return TopicSettings(name: name, retention: retention, maxMessageBytes: maxMessageBytes)
  }

  /// A record of this topic for the log.
  public func record<Body>(key: String, _ envelope: Envelope<Body>, headers: [Header] = []) throws -> OutgoingRecord {
    OutgoingRecord(
      topic: name, key: Array(key.utf8), value: try RecordCoding.encode(envelope), headers: headers,
      timestamp: envelope.occurredAt.milliseconds)
  }
}
