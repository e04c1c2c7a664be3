import Events
import GRDB

/// Exact sums over the summaries of bodies.
enum IngestTotals {
  static func add(_ body: BodyNormalised, _ db: Database) throws {
    try add(body.messages, .messages, db)
    try add(body.statuses, .statuses, db)
    try add(body.changes, .changes, db)
    for (field, count) in body.unknownFields {
      try db.cachedStatement(
        sql: "INSERT INTO unknown_fields VALUES (?, ?) ON CONFLICT (field) DO UPDATE SET count = count + excluded.count"
      ).execute(arguments: [field, count])
    }
    try db.cachedStatement(
      sql: "INSERT INTO normalised VALUES (?, ?) ON CONFLICT (partition) DO UPDATE SET next = max(next, excluded.next)"
    ).execute(arguments: [body.partition, body.offset + 1])
  }

  private static func add(_ counts: ItemCounts, _ kind: ItemKind, _ db: Database) throws {
    if counts.received == 0 { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO totals VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET stored = stored + excluded.stored,
          duplicates = duplicates + excluded.duplicates, dead_lettered = dead_lettered + excluded.dead_lettered
        """
    ).execute(arguments: [kind.rawValue, counts.stored, counts.duplicates, counts.deadLettered])
  }
}
