import EventLog
import Foundation
import GRDB

/// The tables of the file.
enum LogSchema {
  static func create(_ db: Database) throws {
    try db.inTransaction {
      try db.execute(
        sql: """
          CREATE TABLE cluster (id TEXT NOT NULL);
          CREATE TABLE topics (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, partitions INTEGER NOT NULL, retention TEXT NOT NULL,
            max_message_bytes INTEGER NOT NULL);
          CREATE TABLE partitions (id INTEGER PRIMARY KEY, low INTEGER NOT NULL, next INTEGER NOT NULL);
          CREATE TABLE records (
            id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, key BLOB, value BLOB, headers BLOB,
            compacted INTEGER);
          CREATE INDEX records_of_key ON records (key, id) WHERE compacted IS NOT NULL;
          CREATE TABLE group_offsets (
            step_group TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (step_group, partition))
            WITHOUT ROWID;
          PRAGMA application_id = \(LogFile.applicationId);
          PRAGMA user_version = \(LogFile.schemaVersion);
          """)
      try db.execute(sql: "INSERT INTO cluster (id) VALUES (?)", arguments: [UUID().uuidString.lowercased()])
      return .commit
    }
  }

  static func clusterId(_ db: Database) throws -> String {
    guard let id = try String.fetchOne(db, sql: "SELECT id FROM cluster") else { throw LogError.unusable("the log has lost its name") }
    return id
  }

  static func load(_ db: Database, into catalogue: Catalogue) throws {
    let topics = try Row.fetchAll(db, sql: "SELECT id, name, partitions, retention, max_message_bytes FROM topics ORDER BY id").map { row in
      let settings = TopicSettings(name: row[1], retention: try retention(row[3]), maxMessageBytes: row[4])
      return TopicEntry(id: row[0], settings: settings, partitions: row[2])
    }
    var partitions: [PartitionId: PartitionState] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, low, next FROM partitions") {
      partitions[PartitionId(rawValue: row[0])] = PartitionState(low: row[1], end: row[2], visible: row[2])
    }
    catalogue.load(topics, partitions)
  }

  /// Creates those that are missing, in the order given.
  static func createTopics(_ db: Database, _ topics: [TopicSettings], partitions: Int32) throws -> [TopicEntry] {
    var entries: [TopicEntry] = []
    for settings in topics {
      guard try Row.fetchOne(db, sql: "SELECT 1 FROM topics WHERE name = ?", arguments: [settings.name]) == nil else { continue }
      try db.execute(
        sql: "INSERT INTO topics (name, partitions, retention, max_message_bytes) VALUES (?, ?, ?, ?)",
        arguments: [settings.name, partitions, text(settings.retention), settings.maxMessageBytes])
      let entry = TopicEntry(id: db.lastInsertedRowID, settings: settings, partitions: partitions)
      guard entry.id <= PartitionId.maxTopics else { throw LogError.unusable("a log takes at most \(PartitionId.maxTopics) topics") }
      for id in entry.ids {
        try db.execute(sql: "INSERT INTO partitions (id, low, next) VALUES (?, 0, 0)", arguments: [id.rawValue])
      }
      entries.append(entry)
    }
    return entries
  }

  private static func text(_ retention: TopicSettings.Retention) -> String {
    switch retention {
    case .forever: "forever"
    case .days(let days): "days:\(days)"
    case .compacted: "compacted"
    }
  }

  private static func retention(_ text: String) throws -> TopicSettings.Retention {
    if text == "forever" { return .forever }
    if text == "compacted" { return .compacted }
    guard text.hasPrefix("days:"), let days = Int(text.dropFirst("days:".count)) else {
      throw LogError.unusable("the log names an unknown retention, \(text)")
    }
    return .days(days)
  }
}
