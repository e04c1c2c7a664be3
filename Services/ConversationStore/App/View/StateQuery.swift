import ConversationStoreCore
import Events
import Foundation
import GRDB
import JSON

/// Loads from the view what a batch of decisions needs: one statement for each table, however many records the batch has.
struct StateQuery {
  /// Customers of whom nothing is known yet in memory.
  var contacts: Set<ContactId> = []
  /// Messages by the customer whose input touches them: an id with another customer is another message.
  var messages: [ContactId: Set<MessageId>] = [:]
  var commands: [ContactId: Set<CommandId>] = [:]

  /// Adds what the view knows to `states`.
  func load(into states: inout [ContactId: CustomerState], _ db: Database) throws {
    for contact in contacts { states[contact] = CustomerState() }
    try loadContacts(&states, db)
    try loadConversations(&states, db)
    try loadMessages(&states, db)
    try loadParked(&states, db)
    try loadCommands(&states, db)
  }

  private func loadContacts(_ states: inout [ContactId: CustomerState], _ db: Database) throws {
    let sql = "SELECT id, name, phone, user_id, parent_user_id, username FROM contacts WHERE id IN (SELECT value FROM json_each(?))"
    try db.each(sql, contacts) { row in
      func field(_ index: Int) -> Personal<String>? { (row[index] as String?).map { Personal($0) } }
      states[ContactId(row[0])]?.person = Person(
        phone: field(2), userId: field(3), parentUserId: field(4), name: field(1), username: field(5))
    }
  }

  private func loadConversations(_ states: inout [ContactId: CustomerState], _ db: Database) throws {
    let sql = """
      SELECT id, contact, channel, window_ends_at, incoming, unread FROM conversations
      WHERE contact IN (SELECT value FROM json_each(?))
      """
    try db.each(sql, contacts) { row in
      states[ContactId(row[1])]?.conversations[ConversationId(row[0])] = ConversationState(
        channel: ChannelId(row[2]), windowEndsAt: (row[3] as Int64?).map { Timestamp(milliseconds: $0) }, incoming: row[4],
        unread: row[5])
    }
  }

  private func loadMessages(_ states: inout [ContactId: CustomerState], _ db: Database) throws {
    // What is not found is known to be missing then, and is not looked for again.
    for (contact, ids) in messages {
      for id in ids { states[contact]?.messages[id] = .missing(parked: []) }
    }
    let ids = messages.values.reduce(into: Set()) { $0.formUnion($1) }
    var found: [Int64: (contact: ContactId, message: MessageId, state: MessageState)] = [:]
    let sql = """
      SELECT m.row, m.id, c.contact, c.id, m.direction, m.incoming, m.status, m.errors, m.pricing, m.edited_at, m.revoked
      FROM messages m JOIN conversations c ON c.row = m.conversation WHERE m.id IN (SELECT value FROM json_each(?))
      """
    try db.each(sql, ids) { row in
      let contact = ContactId(row[2])
      let message = MessageId(row[1])
      guard messages[contact]?.contains(message) == true else { return }
      let pricing = row[8] as Data?
      let state = MessageState(
        conversation: ConversationId(row[3]), direction: Direction(rawValue: row[4]) ?? .incoming, incoming: row[5],
        status: (row[6] as String?).flatMap(MessageStatus.init), errors: try [ProviderError].read(from: row[7]),
        pricing: try pricing.map { try JSONReader.decode(from: [UInt8]($0)) },
        editedAt: (row[9] as Int64?).map { Timestamp(milliseconds: $0) }, isRevoked: row[10])
      found[row[0]] = (contact, message, state)
    }
    try db.each(
      "SELECT message, direction, emoji, at FROM reactions WHERE message IN (SELECT value FROM json_each(?))", numbers: found.keys
    ) { row in
      guard let direction = Direction(rawValue: row[1]) else { return }
      found[row[0]]?.state.reactions[direction] = ReactionState(
        emoji: (row[2] as String?).map { Personal($0) }, at: Timestamp(milliseconds: row[3]))
    }
    for entry in found.values { states[entry.contact]?.messages[entry.message] = .recorded(entry.state) }
  }

  private func loadParked(_ states: inout [ContactId: CustomerState], _ db: Database) throws {
    let ids = messages.values.reduce(into: Set()) { $0.formUnion($1) }
    let sql = """
      SELECT message, contact, kind, item FROM parked WHERE message IN (SELECT value FROM json_each(?)) ORDER BY message, contact, position
      """
    try db.each(sql, ids) { row in
      let contact = ContactId(row[1])
      let message = MessageId(row[0])
      guard case .missing(let parked) = states[contact]?.messages[message], messages[contact]?.contains(message) == true else { return }
      let bytes = [UInt8](row[3] as Data)
      let item: ParkedItem = row[2] == "status" ? .status(try JSONReader.decode(from: bytes)) : .change(try JSONReader.decode(from: bytes))
      states[contact]?.messages[message] = .missing(parked: parked + [item])
    }
  }

  private func loadCommands(_ states: inout [ContactId: CustomerState], _ db: Database) throws {
    let ids = commands.values.reduce(into: Set()) { $0.formUnion($1) }
    try db.each("SELECT command, contact FROM commands WHERE command IN (SELECT value FROM json_each(?))", ids) { row in
      states[ContactId(row[1])]?.completed.insert(CommandId(row[0]))
    }
  }
}

extension Database {
  /// Runs a statement whose one argument is a list of ids, as JSON; not at all for an empty list.
  fileprivate func each<E>(_ sql: String, _ ids: Set<Id<E>>, _ body: (Row) throws -> Void) throws {
    guard !ids.isEmpty else { return }
    try each(sql, json: JSONWriter.encode(ids.map(\.text)), body)
  }

  fileprivate func each(_ sql: String, numbers: some Collection<Int64>, _ body: (Row) throws -> Void) throws {
    guard !numbers.isEmpty else { return }
    try each(sql, json: JSONWriter.encode(Array(numbers)), body)
  }

  private func each(_ sql: String, json: [UInt8], _ body: (Row) throws -> Void) throws {
    let statement = try cachedStatement(sql: sql)
    let rows = try Row.fetchCursor(statement, arguments: [String(decoding: json, as: UTF8.self)])
    while let row = try rows.next() { try body(row) }
  }
}
