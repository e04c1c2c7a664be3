import EventLog
import struct EventLog.Record
import GRDB
import Views

/// Counts words.
struct WordFold: Fold {
  static let unreadable = "unreadable"
  struct Unreadable: Error {}

  let name = "words"
  var version = 1
  let topics = ["words"]

  func createTables(_ db: Database) throws {
    try db.execute(sql: "CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER NOT NULL)")
  }

  func apply(_ record: Record, to db: Database) throws {
    let word = String(decoding: record.value ?? [], as: UTF8.self)
    try db.execute(
      sql: "INSERT INTO words VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET count = count + 1", arguments: [word])
    // After the write, so that it must be undone.
    if word == Self.unreadable { throw Unreadable() }
  }

  var digestQueries: [String] { ["SELECT word, count FROM words ORDER BY word"] }

  static func count(of word: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count FROM words WHERE word = ?", arguments: [word]) ?? 0
  }

  static func tamper(_ path: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE words SET count = count + 1 WHERE word = 'word 1'") }
  }
}
