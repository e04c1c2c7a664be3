import EventLog
import Foundation
import GRDB

/// Opens connections to the log's SQLite file and turns SQLite's errors into ours.
struct LogFile: Sendable {
  static let schemaVersion = 1
  /// "PARL": tells our files from others (`PRAGMA application_id`).
  static let applicationId = 0x5041_524c
  private static let busyTimeoutSeconds = 5.0
  private static let writerCacheKilobytes = 16_384
  private static let readerCacheKilobytes = 2_048
  private static let checkpointPages = 4_000
  private static let maxIdleJournalBytes = 64 << 20

  let folder: String
  var path: String { folder + "/log.sqlite" }

  /// The one connection that writes. Creates the file and its schema where there is none.
  func openWriter(maxPages: Int?) throws -> DatabaseQueue {
    try checked {
      var configuration = Configuration()
      configuration.label = "event-log.writer"
      configuration.busyMode = .timeout(Self.busyTimeoutSeconds)
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA secure_delete = ON")
        try db.execute(sql: "PRAGMA cache_size = -\(Self.writerCacheKilobytes)")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.checkpointPages)")
        try db.execute(sql: "PRAGMA journal_size_limit = \(Self.maxIdleJournalBytes)")
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try checkSchema(db, creates: true)
        if let maxPages { try db.execute(sql: "PRAGMA max_page_count = \(maxPages)") }
      }
      return queue
    }
  }

  func openReader() throws -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: path) else { throw LogError.unusable("there is no log in \(folder)") }
    return try checked {
      var configuration = Configuration()
      configuration.label = "event-log.reader"
      configuration.readonly = true
      configuration.busyMode = .timeout(Self.busyTimeoutSeconds)
      configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -\(Self.readerCacheKilobytes)") }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { try checkSchema($0, creates: false) }
      return queue
    }
  }

  /// Runs work on the file; an error of SQLite comes out as a ``LogError``.
  func checked<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError { throw logError(error) }
  }

  func logError(_ error: any Error) -> LogError {
    if let error = error as? LogError { return error }
    guard let error = error as? DatabaseError else { return .unusable("\(path): \(error)") }
    let reason = error.message ?? "\(error.resultCode)"
    return switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .unavailable("\(path) is busy")
    // Somebody will make room, and until then it is as if a broker were away.
    case .SQLITE_FULL: .unavailable("no space is left for \(path)")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: .unusable("\(path) is damaged or not a log: \(reason)")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .unusable("\(path) cannot be opened or written: \(reason)")
    default: .unusable("\(path): \(reason)")
    }
  }

  private func checkSchema(_ db: Database, creates: Bool) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if application == 0, tables == 0, creates { return try LogSchema.create(db) }
    guard application == Self.applicationId else { throw LogError.unusable("\(path) is a database, but not a log") }
    guard version == Self.schemaVersion else {
      throw LogError.unusable("\(path) has schema \(version), this program knows \(Self.schemaVersion): use the program that wrote it")
    }
  }
}
