import EventLog
import struct EventLog.Record
import GRDB
import Views

/// What a service that has no duties yet does with its topics: it counts their records. Its lag and its health are then real.
public struct StandbyFold: Fold {
  public let name: String
  public let version = 1
  public let topics: [String]

  public init(name: String, topics: [String]) {
    self.name = name
    self.topics = topics
  }

  public func createTables(_ db: Database) throws {
    try db.execute(sql: "CREATE TABLE record_counts (topic TEXT PRIMARY KEY, records INTEGER NOT NULL) WITHOUT ROWID")
  }

  public func apply(_ record: Record, to db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT INTO record_counts VALUES (?, 1) ON CONFLICT (topic) DO UPDATE SET records = records + 1"
    ).execute(arguments: [record.topic])
  }

  public var digestQueries: [String] { ["SELECT topic, records FROM record_counts ORDER BY topic"] }
}
