import Events
import GRDB

/// The answer of `GET /api/ingest`. `received = stored + duplicates + deadLettered`, in all and by kind; `pending` stands outside.
struct IngestReport: Encodable, Sendable {
  struct Counts: Encodable, Sendable {
    let received: Int
    let stored: Int
    let duplicates: Int
    let deadLettered: Int

    init(_ counts: ItemCounts) {
      received = counts.received
      stored = counts.stored
      duplicates = counts.duplicates
      deadLettered = counts.deadLettered
    }
  }

  struct Kinds: Encodable, Sendable {
    let messages: Counts
    let statuses: Counts
    let changes: Counts
  }

  let received: Int
  let stored: Int
  let duplicates: Int
  let deadLettered: Int
  /// Bodies that are acknowledged and not yet normalised.
  var pending: Int64 = 0
  let byKind: Kinds
  let unknownFields: [String: Int]
  /// The next offset of each raw partition.
  let normalised: [Int32: Int64]

  private enum CodingKeys: String, CodingKey {
    case received, stored, duplicates, deadLettered, pending, byKind, unknownFields
  }

  /// Reads all of it in one snapshot.
  init(_ db: Database) throws {
    var counts: [String: ItemCounts] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT kind, stored, duplicates, dead_lettered FROM totals") {
      counts[row[0]] = ItemCounts(stored: row[1], duplicates: row[2], deadLettered: row[3])
    }
    func kind(_ kind: ItemKind) -> ItemCounts { counts[kind.rawValue] ?? ItemCounts() }
    let total = kind(.messages) + kind(.statuses) + kind(.changes)
    received = total.received
    stored = total.stored
    duplicates = total.duplicates
    deadLettered = total.deadLettered
    byKind = Kinds(messages: Counts(kind(.messages)), statuses: Counts(kind(.statuses)), changes: Counts(kind(.changes)))
    var fields: [String: Int] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT field, count FROM unknown_fields") { fields[row[0]] = row[1] }
    unknownFields = fields
    var normalised: [Int32: Int64] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT partition, next FROM normalised") { normalised[row[0]] = row[1] }
    self.normalised = normalised
  }
}
