import ConversationStoreCore
import Events
import Foundation
import GRDB
import JSON

extension ConversationRows {
  func add(_ recorded: MessageRecorded) throws {
    guard var conversation = try ConversationRow(id: recorded.conversation, db) else { throw MissingRow(what: "conversation") }
    let at = recorded.source.sentAt.milliseconds
    let count = recorded.countsAsUnread ? 1 : 0
    let errors = recorded.errors ?? []
    try db.run(
      """
      INSERT INTO messages (conversation, id, provider_id, position, incoming, direction, kind, text, content, context, errors, at, status)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        conversation.row, recorded.message.text, recorded.source.providerId.text, position, conversation.incoming + count,
        recorded.direction.rawValue, recorded.content.kind.rawValue, recorded.content.text, try recorded.content.details(),
        try recorded.context.map { try Data(JSONWriter.encode($0)) }, errors.isEmpty ? nil : try Data(JSONWriter.encode(errors)), at,
        recorded.initialStatus?.rawValue,
      ])
    let message = db.lastInsertedRowID
    conversation.take(recorded, at: at, row: message, counted: count)
    try conversation.save(db)
    try unpark(recorded.message, recorded.contact)
    try noteChange(conversation: conversation.row, message: message)
  }

  func edit(_ edited: MessageContentChanged) throws {
    let message = try row(of: edited.message, in: edited.conversation)
    try db.run(
      "UPDATE messages SET kind = ?, text = ?, content = ?, edited_at = ? WHERE row = ?",
      [
        edited.content.kind.rawValue, edited.content.text, try edited.content.details(), edited.at.milliseconds, message.row,
      ])
    try noteChange(conversation: message.conversation, message: message.row)
  }

  /// What was withdrawn is not kept in the view.
  func revoke(_ revoked: MessageWithdrawn) throws {
    let message = try row(of: revoked.message, in: revoked.conversation)
    try db.run("UPDATE messages SET revoked = 1, text = NULL, content = NULL WHERE row = ?", [message.row])
    try noteChange(conversation: message.conversation, message: message.row)
  }

  func react(_ reaction: MessageReaction) throws {
    let message = try row(of: reaction.message, in: reaction.conversation)
    try db.run(
      "INSERT OR REPLACE INTO reactions VALUES (?, ?, ?, ?)",
      [message.row, reaction.direction.rawValue, reaction.emoji.clear(), reaction.at.milliseconds])
    try noteChange(conversation: message.conversation, message: message.row)
  }

  func setStatus(_ changed: MessageStatusChanged) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE messages SET status = ?, pricing = coalesce(pricing, ?)
        WHERE id = ? AND conversation = (SELECT row FROM conversations WHERE id = ?) RETURNING row, conversation, errors
        """)
    let pricing = try changed.pricing.map { try Data(JSONWriter.encode($0)) }
    let arguments: StatementArguments = [changed.status.rawValue, pricing, changed.message.text, changed.conversation.text]
    guard let message = try Row.fetchOne(statement, arguments: arguments) else { throw MissingRow(what: "message") }
    if !changed.errors.isEmpty {
      var errors = try [ProviderError].read(from: message[2])
      errors += changed.errors.filter { !errors.contains($0) }
      try db.run("UPDATE messages SET errors = ? WHERE row = ?", [try Data(JSONWriter.encode(errors)), message[0] as Int64])
    }
    try noteChange(conversation: message[1], message: message[0])
  }

  private func row(of message: MessageId, in conversation: ConversationId) throws -> (row: Int64, conversation: Int64) {
    let statement = try db.cachedStatement(
      sql: """
        SELECT m.row, c.row FROM conversations c JOIN messages m ON m.conversation = c.row AND m.id = ? WHERE c.id = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [message.text, conversation.text]) else { throw MissingRow(what: "message") }
    return (row[0], row[1])
  }
}

/// The columns of a conversation that a message changes.
private struct ConversationRow {
  let row: Int64
  private(set) var incoming: Int
  private var unread: Int
  private var unanswered: Bool
  private var windowEndsAt: Int64?
  private var lastAt: Int64
  private var lastInAt: Int64?
  private var lastOutAt: Int64?
  private var lastMessage: Int64?

  init?(id: ConversationId, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT row, incoming, unread, unanswered, window_ends_at, last_at, last_in_at, last_out_at, last_message
        FROM conversations WHERE id = ?
        """)
    guard let found = try Row.fetchOne(statement, arguments: [id.text]) else { return nil }
    row = found[0]
    incoming = found[1]
    unread = found[2]
    unanswered = found[3]
    windowEndsAt = found[4]
    lastAt = found[5]
    lastInAt = found[6]
    lastOutAt = found[7]
    lastMessage = found[8]
  }

  /// By the time at which messages were sent: one that comes late does not become the last one. Of equal times the later in the log wins.
  mutating func take(_ recorded: MessageRecorded, at: Int64, row message: Int64, counted: Int) {
    incoming += counted
    unread += counted
    if let end = recorded.windowEndsAt { windowEndsAt = end.milliseconds }
    switch recorded.direction {
    case .incoming:
      if counted > 0 && at >= lastOutAt ?? at { unanswered = true }
      lastInAt = max(at, lastInAt ?? at)
    case .outgoing:
      if at >= lastInAt ?? at { unanswered = false }
      lastOutAt = max(at, lastOutAt ?? at)
    }
    if lastMessage == nil || at >= lastAt {
      lastMessage = message
      lastAt = at
    }
  }

  func save(_ db: Database) throws {
    try db.run(
      """
      UPDATE conversations SET incoming = ?, unread = ?, unanswered = ?, window_ends_at = ?, last_at = ?, last_in_at = ?, last_out_at = ?,
        last_message = ? WHERE row = ?
      """,
      [incoming, unread, unanswered, windowEndsAt, lastAt, lastInAt, lastOutAt, lastMessage, row])
  }
}

extension MessageContent {
  /// What the text column does not hold.
  fileprivate func details() throws -> Data? {
    if case .text = self { return nil }
    return try Data(JSONWriter.encode(self))
  }
}

extension [ProviderError] {
  static func read(from column: Data?) throws -> [ProviderError] {
    try column.map { try JSONReader.decode(from: [UInt8]($0)) } ?? []
  }
}
