import Events
import GRDB

/// A message for which something was parked whose time may be over.
struct DueParked {
  /// The rest comes with the next tick.
  static let maxPerTick = 500

  let message: MessageId
  let contact: ContactId
  let parkedAt: Timestamp

  static func find(before tick: Timestamp, in partitions: Set<Int32>, _ db: Database) throws -> [DueParked] {
    let oldest = tick.adding(hours: -Parking.keptHours)
    let statement = try db.cachedStatement(
      sql: """
        SELECT message, contact, max(parked_at) FROM parked WHERE partition = ? AND parked_at <= ?
        GROUP BY message, contact LIMIT ?
        """)
    var due: [DueParked] = []
    for partition in partitions.sorted() where due.count < maxPerTick {
      due += try Row.fetchAll(statement, arguments: [partition, oldest.milliseconds, maxPerTick - due.count]).map { row in
        DueParked(message: MessageId(row[0]), contact: ContactId(row[1]), parkedAt: Timestamp(milliseconds: row[2]))
      }
    }
    return due
  }
}
