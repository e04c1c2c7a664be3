import GRDB

extension EmbeddedLog {
  /// The version of the SQLite library in this process.
  public static func libraryVersion() throws -> String {
    try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "unknown" }
  }
}
