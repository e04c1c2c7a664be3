/// How a topic is kept by the log.
public struct TopicSettings: Sendable, Hashable {
  public enum Retention: Sendable, Hashable {
    case forever
    case days(Int)
    /// The newest record of each key stays; a tombstone removes its key.
    case compacted
  }

  public let name: String
  public let retention: Retention
  /// The largest record the topic takes, in bytes.
  public let maxMessageBytes: Int

  public init(name: String, retention: Retention, maxMessageBytes: Int) {
    self.name = name
    self.retention = retention
    self.maxMessageBytes = maxMessageBytes
  }
}

/// What a log holds of one partition: the first offset that can be read, and the offset that the next record will get.
public struct OffsetRange: Sendable, Hashable {
  public let low: Int64
  public let high: Int64

  public init(low: Int64, high: Int64) {
    self.low = low
    self.high = high
  }
}

/// Which end of a partition is meant while transactions are open.
public enum Isolation: Sendable {
  case readCommitted
  /// Also what open transactions have written: what an owner must have folded before it decides.
  case readUncommitted
}
