import EventLog
import Foundation
import GRDB
import Logging

/// What a rebuild found.
public struct RebuildReport: Sendable {
  public let view: String
  public let before: Digest
  public let after: Digest
  /// Whether the new file has taken the place of the old one.
  public let isSwapped: Bool

  /// Whether folding again gave the same rows.
  public var agrees: Bool { before.hex == after.hex && before.rows == after.rows }
}

extension View {
  /// Folds the log again into a new file, up to where the present file stands, and compares the two.
  ///
  /// The new file takes the place of the old one, unless a running process has that open.
  public static func rebuild(folder: String, fold: F, log: any EventLog, logger: Logger) throws -> RebuildReport {
    let path = "\(folder)/\(fold.name).sqlite"
    guard FileManager.default.fileExists(atPath: path) else { throw LogError.unusable("there is no view \(fold.name) in \(folder)") }
    let before = try ViewDatabase(path: path, readOnly: true).pool.read { try Digest.of(fold, $0) }
    let lock = try FileLock(path: "\(folder)/\(fold.name).lock")
    let scratch = "\(folder)/rebuild"
    try? FileManager.default.removeItem(atPath: scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let after = try {
      let view = try View(folder: scratch, fold: fold, log: log, logger: logger)
      let follower = try ViewFollower(view: view, limit: before.positions)
      defer { follower.connection.close() }
      while !view.hasReached(before.positions) { try follower.foldOnce() }
      let digest = try view.digest()
      // The file is moved without its write-ahead log, so all must stand in the file itself.
      _ = try view.database.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try view.database.pool.close()
      return digest
    }()
    if lock != nil {
      for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.removeItem(atPath: path + suffix)
      }
      try FileManager.default.moveItem(atPath: "\(scratch)/\(fold.name).sqlite", toPath: path)
    }
    return RebuildReport(view: fold.name, before: before, after: after, isSwapped: lock != nil)
  }
}

extension View {
  /// Whether the folder has a file of this fold.
  public static func exists(_ fold: F, in folder: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/\(fold.name).sqlite")
  }
}
