/// A partition of a topic.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let topic: String
  public let partition: Int32

  public init(_ topic: String, _ partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  public var description: String { "\(topic)/\(partition)" }

  public static func < (a: Self, b: Self) -> Bool { (a.topic, a.partition) < (b.topic, b.partition) }
}

/// Where one record stands in the log. Offsets of a partition rise, but have gaps: a step's commit takes one.
public struct Position: Hashable, Sendable, CustomStringConvertible {
  public let partition: TopicPartition
  public let offset: Int64

  public init(_ partition: TopicPartition, _ offset: Int64) {
    self.partition = partition
    self.offset = offset
  }

  public var description: String { "\(partition)@\(offset)" }
}

/// A header of a record: metadata that can be read without opening the value.
public struct Header: Hashable, Sendable {
  public let name: String
  public let value: [UInt8]

  public init(_ name: String, _ value: [UInt8]) {
    self.name = name
    self.value = value
  }

  public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
}

/// A record as it was read.
public struct Record: Sendable {
  public let partition: TopicPartition
  public let offset: Int64
  /// Milliseconds since 1970, set by the writer of the record.
  public let timestamp: Int64
  public let key: [UInt8]?
  /// `nil` is a tombstone: in a compacted topic it removes its key.
  public let value: [UInt8]?
  public let headers: [Header]

  public init(partition: TopicPartition, offset: Int64, timestamp: Int64, key: [UInt8]?, value: [UInt8]?, headers: [Header] = []) {
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.key = key
    self.value = value
    self.headers = headers
  }

  public var topic: String { partition.topic }
  public var position: Position { Position(partition, offset) }

  /// The text of the first header of that name.
  public func header(_ name: String) -> String? {
    headers.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
  }
}

/// A record to be written. Its partition follows from its key (``Partitioner``).
public struct OutgoingRecord: Sendable, Hashable {
  public let topic: String
  public let key: [UInt8]?
  public let value: [UInt8]?
  public let headers: [Header]
  /// Milliseconds since 1970.
  public let timestamp: Int64

  public init(topic: String, key: [UInt8]?, value: [UInt8]?, headers: [Header] = [], timestamp: Int64) {
    self.topic = topic
    self.key = key
    self.value = value
    self.headers = headers
    self.timestamp = timestamp
  }

  /// Bytes that count against a batch's bound.
  public var size: Int {
    (key?.count ?? 0) + (value?.count ?? 0) + headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.count }
  }
}
