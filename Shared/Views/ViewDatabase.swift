import EventLog
import Foundation
import GRDB

/// The SQLite file of a view: opened, checked, and emptied where it does not fit the fold or the cluster.
package struct ViewDatabase: Sendable {
  /// SQLite's page caches, in KiB; resident memory grows by them once for each connection used.
  static let writerCacheKiB = 8_192
  static let readerCacheKiB = 1_024
  static let maxReaders = 4

  package let pool: DatabasePool

  init(path: String, readOnly: Bool = false) throws {
    var configuration = Configuration()
    configuration.maximumReaderCount = Self.maxReaders
    configuration.busyMode = .timeout(5)
    configuration.readonly = readOnly
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -\(db.configuration.readonly ? Self.readerCacheKiB : Self.writerCacheKiB)")
      // What a power cut takes from a view is folded again, rows and positions together.
      if !readOnly { try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY") }
    }
    pool = try DatabasePool(path: path, configuration: configuration)
  }

  /// Makes the tables, or drops all of them first where the file belongs to another version of the fold or to another cluster.
  func prepare(for fold: some Fold, clusterId: String) throws {
    let expected = "\(fold.name)/\(fold.version)/\(clusterId)"
    try pool.writeWithoutTransaction { db in
      let known = try db.tableExists("view_identity") ? String.fetchOne(db, sql: "SELECT identity FROM view_identity") : nil
      if known == expected { return }
      if known != nil { try Self.dropAll(db) }
      try db.inTransaction {
        try db.execute(
          sql: """
            CREATE TABLE view_identity (identity TEXT NOT NULL);
            CREATE TABLE view_positions (topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL,
              PRIMARY KEY (topic, partition)) WITHOUT ROWID;
            """)
        try db.execute(sql: "INSERT INTO view_identity VALUES (?)", arguments: [expected])
        try fold.createTables(db)
        return .commit
      }
    }
  }

  /// Empties the file, so that the next fold begins at the first records kept.
  func empty() throws {
    try pool.writeWithoutTransaction { db in try Self.dropAll(db) }
  }

  private static func dropAll(_ db: Database) throws {
    try db.execute(sql: "PRAGMA foreign_keys = OFF")
    let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    try db.inTransaction {
      for table in tables where try db.tableExists(table) { try db.execute(sql: "DROP TABLE \"\(table)\"") }
      return .commit
    }
    try db.execute(sql: "VACUUM")
  }

  static func positions(_ db: Database) throws -> [TopicPartition: Int64] {
    var positions: [TopicPartition: Int64] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT topic, partition, next FROM view_positions") {
      positions[TopicPartition(row[0], row[1])] = row[2]
    }
    return positions
  }

  static func save(_ positions: [TopicPartition: Int64], _ db: Database) throws {
    let statement = try db.cachedStatement(sql: "INSERT OR REPLACE INTO view_positions VALUES (?, ?, ?)")
    for (partition, next) in positions { try statement.execute(arguments: [partition.topic, partition.partition, next]) }
  }
}
