import EventLog
import struct EventLog.Record
import GRDB

/// Counts the records of some topics: what a service without duties of its own does, so that its lag and its health are real.
public struct RecordCountFold: Fold {
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
