import Events
import GRDB

/// A conversation as the API and the live feed show it.
struct ConversationJSON: Encodable, Sendable {
  let id: String
  let contact: Contact
  let channel: Channel
  let unread: Int
  /// The customer wrote last, and nobody has answered.
  let unanswered: Bool
  @OrNull var windowEndsAt: Timestamp?
  let openedAt: Timestamp
  @OrNull var lastMessage: LastMessage?

  struct Contact: Encodable, Sendable {
    let id: String
    @OrNull var name: String?
    @OrNull var phone: String?
    @OrNull var username: String?
  }

  struct Channel: Encodable, Sendable {
    let id: String
    @OrNull var displayNumber: String?
    @OrNull var businessAccount: String?
  }

  struct LastMessage: Encodable, Sendable {
    let id: String
    let direction: String
    let kind: String
    @OrNull var text: String?
    let at: Timestamp
    @OrNull var status: String?
  }

  private static let columns = """
    c.id, c.contact, p.name, p.phone, p.username, c.channel, c.display_number, c.business_account, c.unread, c.unanswered,
    c.window_ends_at, c.opened_at, m.id, m.direction, m.kind, m.text, m.at, m.status, c.last_at, c.row
    """
  private static let joins = "LEFT JOIN contacts p ON p.id = c.contact LEFT JOIN messages m ON m.row = c.last_message"
  static let lastAtColumn = 18
  static let rowColumn = 19

  private init(_ row: Row) {
    func time(_ index: Int) -> Timestamp? { (row[index] as Int64?).map { Timestamp(milliseconds: $0) } }
    id = row[0]
    contact = Contact(id: row[1], name: row[2], phone: row[3], username: row[4])
    channel = Channel(id: row[5], displayNumber: row[6], businessAccount: row[7])
    unread = row[8]
    unanswered = row[9]
    _windowEndsAt = OrNull(wrappedValue: time(10))
    openedAt = Timestamp(milliseconds: row[11])
    let last = (row[12] as String?).map { id in
      LastMessage(id: id, direction: row[13], kind: row[14], text: row[15], at: Timestamp(milliseconds: row[16]), status: row[17])
    }
    _lastMessage = OrNull(wrappedValue: last)
  }

  /// The query for the conversations that `rest` selects of `conversations c`.
  ///
  /// - Parameter index: the index that the query must go by, so that a plan that scans cannot come about unnoticed.
  static func sql(index: String? = nil, _ rest: String) -> String {
    "SELECT \(columns) FROM conversations c \(index.map { "INDEXED BY \($0)" } ?? "") \(joins) \(rest)"
  }

  static func fetch(_ db: Database, _ sql: String, _ arguments: StatementArguments) throws -> [(row: Row, conversation: ConversationJSON)] {
    try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { ($0, ConversationJSON($0)) }
  }

  static func find(_ id: String, _ db: Database) throws -> ConversationJSON? {
    try fetch(db, sql("WHERE c.id = ?"), [id]).first?.conversation
  }
}
