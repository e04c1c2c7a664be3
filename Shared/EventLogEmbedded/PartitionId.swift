/// A partition as the file names it: ten bits of partition number below the topic's number.
///
/// A record's primary key is the partition id followed by 40 bits of offset, so the records of a partition stand together in the order of
/// their offsets.
struct PartitionId: Hashable, Sendable {
  static let maxPartitions: Int32 = 1 << 10
  static let maxTopics: Int64 = (1 << 13) - 1
  static let maxOffset: Int64 = (1 << 40) - 1

  let rawValue: Int64

  init(rawValue: Int64) { self.rawValue = rawValue }
  init(topic: Int64, partition: Int32) { rawValue = topic << 10 | Int64(partition) }

  var topic: Int64 { rawValue >> 10 }
  var partition: Int32 { Int32(rawValue & 0x3ff) }

  /// The primary key of a record.
  func key(_ offset: Int64) -> Int64 { rawValue << 40 | offset }
  static func offset(ofKey key: Int64) -> Int64 { key & maxOffset }
}
