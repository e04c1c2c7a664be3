import EventLog
import struct EventLog.Record
import Events
import Foundation
import GRDB
import IngestGatewayCore
import Metrics
import Views

/// The view `ingest`: whom each alias means, which items have been stored, and what became of all of them.
public struct IngestFold: Fold {
  public let name = "ingest"
  public let version = 1
  public let topics = NormaliseHandler.outputs.map(\.name)

  /// How long a stored item is known, in days since its receipt: well beyond the provider's last redelivery (7 days) and the raw bodies.
  static let seenDays: Int64 = 35
  /// As long as `dead.letters` keeps them.
  static let deadLetterDays: Int64 = 30
  static let dayMilliseconds: Int64 = 86_400_000

  private let unknownTypes = Counter(label: "parley_view_unknown_types", dimensions: [("view", "ingest")])

  public init() {}

  public func createTables(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE aliases (alias BLOB PRIMARY KEY, contact TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE seen (item BLOB PRIMARY KEY, contact TEXT, day INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE totals (kind TEXT PRIMARY KEY, stored INTEGER NOT NULL, duplicates INTEGER NOT NULL,
          dead_lettered INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE unknown_fields (field TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE normalised (partition INTEGER PRIMARY KEY, next INTEGER NOT NULL);
        CREATE TABLE dead_letters (at INTEGER NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, id TEXT NOT NULL,
          service TEXT NOT NULL, origin_topic TEXT NOT NULL, origin_partition INTEGER NOT NULL, origin_offset INTEGER NOT NULL,
          reason TEXT NOT NULL, detail TEXT NOT NULL, path TEXT, item TEXT, PRIMARY KEY (at, partition, offset)) WITHOUT ROWID;
        CREATE TABLE newest (one INTEGER PRIMARY KEY CHECK (one = 1), day INTEGER NOT NULL);
        INSERT INTO newest VALUES (1, 0);
        """)
  }

  public func apply(_ record: Record, to db: Database) throws {
    switch record.topic {
    case Topics.contactAliases.name: try applyAlias(record, db)
    case Topics.webhooksNormalised.name: try applySummary(record, db)
    case Topics.deadLetters.name: try applyDeadLetter(record, db)
    default: try applyItem(record, db)
    }
  }

  private func applyAlias(_ record: Record, _ db: Database) throws {
    guard let key = record.key.flatMap(AliasKey.init(hexBytes:)) else { return unknownTypes.increment() }
    if record.value == nil {
      try db.cachedStatement(sql: "DELETE FROM aliases WHERE alias = ?").execute(arguments: [key.data])
    } else if let contact = record.header(NormalisedRecords.contactHeader) {
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO aliases VALUES (?, ?)").execute(arguments: [key.data, contact])
    }
  }

  private func applyItem(_ record: Record, _ db: Database) throws {
    guard let header = record.headers.first(where: { $0.name == NormalisedRecords.itemHeader }),
      let key = ItemKey(bytes: header.value)
    else { return }
    let isAboutContact = record.topic != Topics.channelEvents.name
    let contact = isAboutContact ? record.key.map { String(decoding: $0, as: UTF8.self) } : nil
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)")
      .execute(arguments: [key.data, contact, record.timestamp / Self.dayMilliseconds])
  }

  private func applySummary(_ record: Record, _ db: Database) throws {
    guard let value = record.value else { return }
    guard case .known(let envelope) = try RecordCoding.decode(value, as: IngestRecord.self) else { return unknownTypes.increment() }
    switch envelope.body {
    case .bodyNormalised(let body):
      try IngestTotals.add(body, db)
    }
  }

  private func applyDeadLetter(_ record: Record, _ db: Database) throws {
    guard let value = record.value else { return }
    guard case .known(let envelope) = try RecordCoding.decode(value, as: DeadLetterRecord.self) else { return unknownTypes.increment() }
    switch envelope.body {
    case .itemDeadLettered(let letter):
      try DeadLetterList.insert(letter, id: envelope.id, record, db)
    }
  }

  /// Once a day of the records' own time; what is due but still there is left out of the digest.
  public func prune(_ db: Database, newest: Int64) throws {
    let today = newest / Self.dayMilliseconds
    let known = try Int64.fetchOne(db.cachedStatement(sql: "SELECT day FROM newest")) ?? 0
    if today <= known { return }
    try db.execute(sql: "UPDATE newest SET day = ?", arguments: [today])
    if known == 0 { return }
    try db.execute(sql: "DELETE FROM seen WHERE day < ?", arguments: [today - Self.seenDays])
    try db.execute(sql: "DELETE FROM dead_letters WHERE at < ?", arguments: [(today - Self.deadLetterDays) * Self.dayMilliseconds])
  }

  public let digestQueries = [
    "SELECT alias, contact FROM aliases ORDER BY alias",
    "SELECT item, contact, day FROM seen WHERE day >= (SELECT day FROM newest) - \(seenDays) ORDER BY item",
    "SELECT * FROM totals ORDER BY kind",
    "SELECT * FROM unknown_fields ORDER BY field",
    "SELECT * FROM normalised ORDER BY partition",
    """
    SELECT * FROM dead_letters WHERE at >= ((SELECT day FROM newest) - \(deadLetterDays)) * \(dayMilliseconds)
    ORDER BY at, partition, offset
    """,
  ]
}

extension HashKey {
  /// The digits of ``hex`` as the key of a record.
  fileprivate init?(hexBytes digits: [UInt8]) {
    guard digits.count == 2 * Self.byteCount else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    self.init(bytes: bytes)
  }
}
