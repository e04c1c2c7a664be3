import EventLog
import struct EventLog.Record
import Events
import GRDB
import Metrics
import Views

/// The view `conversations`: contacts, conversations and messages as the API shows them, and what decisions need.
public struct ConversationsFold: Fold {
  public let name = "conversations"
  public let version = 1
  public let topics = [Topics.conversationEvents.name]

  /// How many changes a client of the live feed may be behind and still resume.
  public static let defaultMaxChanges: Int64 = 100_000
  /// How long the result of a command is kept: longer than commands are (``Topics/conversationCommands``).
  static let commandResultsHours: Int64 = 8 * 24

  let maxChanges: Int64
  private let unknownTypes = Counter(label: "parley_view_unknown_types", dimensions: [("view", "conversations")])

  public init(maxChanges: Int64 = defaultMaxChanges) { self.maxChanges = maxChanges }

  public func createTables(_ db: Database) throws { try db.execute(sql: Self.schema) }

  public func apply(_ record: Record, to db: Database) throws {
    guard let value = record.value else { return }
    switch try RecordCoding.decode(value, as: ConversationEvent.self) {
    case .known(let envelope):
      try ConversationRows(db: db, position: record.offset, partition: record.partition.partition, occurredAt: envelope.occurredAt)
        .apply(envelope.body)
    case .unknown: unknownTypes.increment()
    }
  }

  /// The live feed is a matter of this instance: its rows are no part of the digest.
  public func prune(_ db: Database, newest: Int64) throws {
    let statement = try db.cachedStatement(sql: "SELECT min(seq), max(seq) FROM changes")
    guard let row = try Row.fetchOne(statement), let oldest: Int64 = row[0], let last: Int64 = row[1],
      last - oldest > maxChanges + maxChanges / 10
    else { return }
    let cut = last - maxChanges
    try db.run(
      """
      INSERT INTO changes_kept (partition, since)
      SELECT partition, max(position) + 1 FROM changes WHERE seq <= ? GROUP BY partition
      ON CONFLICT (partition) DO UPDATE SET since = excluded.since
      """, [cut])
    try db.run("DELETE FROM changes WHERE seq <= ?", [cut])
  }

  public let digestQueries = [
    "SELECT * FROM contacts ORDER BY id",
    """
    SELECT c.id, c.contact, c.channel, c.display_number, c.business_account, c.opened_at, c.window_ends_at, c.incoming, c.unread,
      c.unanswered, c.last_at, c.last_in_at, c.last_out_at, m.id
    FROM conversations c LEFT JOIN messages m ON m.row = c.last_message ORDER BY c.id
    """,
    """
    SELECT c.id, m.id, m.provider_id, m.position, m.incoming, m.direction, m.kind, m.text, m.content, m.context, m.errors, m.pricing,
      m.at, m.edited_at, m.revoked, m.status
    FROM messages m JOIN conversations c ON c.row = m.conversation ORDER BY c.id, m.position
    """,
    """
    SELECT c.id, m.id, r.direction, r.emoji, r.at
    FROM reactions r JOIN messages m ON m.row = r.message JOIN conversations c ON c.row = m.conversation
    ORDER BY c.id, m.id, r.direction
    """,
    "SELECT * FROM parked ORDER BY message, contact, position",
    "SELECT * FROM commands ORDER BY command, contact",
  ]
}

extension Database {
  /// Runs a statement that is prepared once for each connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
