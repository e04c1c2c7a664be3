import struct EventLog.Record
import Events
import GRDB

/// Dead letters of all services, newest first.
enum DeadLetterList {
  struct Item: Encodable, Sendable {
    let id: String
    let at: Timestamp
    let service: String
    let topic: String
    let partition: Int32
    let offset: Int64
    let reason: String
    let detail: String
    let path: String?
    let item: String?
  }

  /// Where a page ends.
  struct Place: Sendable {
    let at: Int64
    let partition: Int32
    let offset: Int64

    init(at: Int64, partition: Int32, offset: Int64) {
      self.at = at
      self.partition = partition
      self.offset = offset
    }

    init?(_ values: [String]) {
      guard values.count == 3, let at = Int64(values[0]), let partition = Int32(values[1]), let offset = Int64(values[2]) else {
        return nil
      }
      self.init(at: at, partition: partition, offset: offset)
    }

    var values: [String] { ["\(at)", "\(partition)", "\(offset)"] }
  }

  static func insert(_ letter: ItemDeadLettered, id: RecordId, _ record: Record, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO dead_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
      arguments: [
        record.timestamp, record.partition.partition, record.offset, id.text, letter.service, letter.topic, letter.partition,
        letter.offset, letter.reason, letter.detail, letter.path, letter.item.value,
      ])
  }

  static func page(_ db: Database, after: Place?, limit: Int) throws -> (items: [Item], next: Place?) {
    let after = after ?? Place(at: .max, partition: .max, offset: .max)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT at, partition, offset, id, service, origin_topic, origin_partition, origin_offset, reason, detail, path, item
        FROM dead_letters WHERE (at, partition, offset) < (?, ?, ?) ORDER BY at DESC, partition DESC, offset DESC LIMIT ?
        """, arguments: [after.at, after.partition, after.offset, limit + 1])
    let items = rows.prefix(limit).map { row in
      Item(
        id: row[3], at: Timestamp(milliseconds: row[0]), service: row[4], topic: row[5], partition: row[6], offset: row[7], reason: row[8],
        detail: row[9], path: row[10], item: row[11])
    }
    guard rows.count > limit, let last = rows.prefix(limit).last else { return (items, nil) }
    return (items, Place(at: last[0], partition: last[1], offset: last[2]))
  }
}
