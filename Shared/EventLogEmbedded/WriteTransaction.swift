import EventLog
import Foundation
import GRDB

/// A record that has passed all checks and knows its partition.
struct PlacedRecord: Sendable {
  let partition: PartitionId
  let compacted: Bool
  let record: OutgoingRecord
}

/// What the writer does inside one SQLite transaction. Offsets are given out here and become known to readers when it stands.
struct WriteTransaction {
  let db: Database
  private let catalogue: Catalogue
  /// The next offsets of the partitions written to.
  private(set) var ends: [PartitionId: Int64] = [:]

  init(_ db: Database, _ catalogue: Catalogue) {
    self.db = db
    self.catalogue = catalogue
  }

  /// - Returns: the position of each record, in the order given.
  mutating func append(_ records: [PlacedRecord]) throws -> [Position] {
    let insert = try db.cachedStatement(
      sql: "INSERT INTO records (id, timestamp, key, value, headers, compacted) VALUES (?, ?, ?, ?, ?, ?)")
    return try records.map { placed in
      let offset = ends[placed.partition] ?? catalogue.partition(placed.partition)?.end ?? 0
      guard offset < PartitionId.maxOffset else { throw LogError.unusable("\(placed.record.topic) has used up its offsets") }
      let record = placed.record
      insert.setUncheckedArguments([
        placed.partition.key(offset), record.timestamp, record.key.map { Data($0) }, record.value.map { Data($0) },
        HeaderCoding.encode(record.headers).map { Data($0) }, placed.compacted ? 1 : nil,
      ])
      try insert.execute()
      ends[placed.partition] = offset + 1
      return Position(TopicPartition(record.topic, placed.partition.partition), offset)
    }
  }

  /// Leaves out one offset of each partition, as a broker's commit marker does: nobody may rely on offsets without gaps.
  mutating func skipOffset(of partitions: Set<PartitionId>) {
    for partition in partitions { ends[partition, default: 0] += 1 }
  }

  func setGroupOffsets(_ group: String, _ offsets: [PartitionId: Int64]) throws {
    let upsert = try db.cachedStatement(
      sql: """
        INSERT INTO group_offsets (step_group, partition, next) VALUES (?, ?, ?)
        ON CONFLICT (step_group, partition) DO UPDATE SET next = excluded.next
        """)
    for (partition, next) in offsets { try upsert.execute(arguments: [group, partition.rawValue, next]) }
  }

  func groupOffsets(_ group: String, _ partitions: some Sequence<PartitionId>) throws -> [PartitionId: Int64] {
    try Self.groupOffsets(db, group, partitions)
  }

  static func groupOffsets(_ db: Database, _ group: String, _ partitions: some Sequence<PartitionId>) throws -> [PartitionId: Int64] {
    let select = try db.cachedStatement(sql: "SELECT next FROM group_offsets WHERE step_group = ? AND partition = ?")
    return try partitions.reduce(into: [:]) { offsets, partition in
      offsets[partition] = try Int64.fetchOne(select, arguments: [group, partition.rawValue])
    }
  }

  /// Writes the ends; last thing before the commit.
  func writeEnds() throws {
    let update = try db.cachedStatement(sql: "UPDATE partitions SET next = ? WHERE id = ?")
    for (partition, end) in ends { try update.execute(arguments: [end, partition.rawValue]) }
  }

  /// Undoes what `body` wrote, as if it had not run.
  mutating func undoing(_ body: (inout WriteTransaction) throws -> Void) throws {
    var inner = self
    try db.inSavepoint {
      try body(&inner)
      return .rollback
    }
  }
}
