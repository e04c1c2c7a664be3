import ConversationStoreCore
import Events
import Foundation
import GRDB
import JSON

/// Writes what one event means.
struct ConversationRows {
  let db: Database
  /// The offset of the event.
  let position: Int64
  let partition: Int32
  let occurredAt: Timestamp

  func apply(_ event: ConversationEvent) throws {
    switch event {
    case .contactCreated(let created): try save(created.person, created.contact)
    case .contactUpdated(let updated): try save(updated.person, updated.contact)
    case .conversationOpened(let opened): try open(opened)
    case .messageRecorded(let recorded): try add(recorded)
    case .messageEdited(let edited): try edit(edited)
    case .messageRevoked(let revoked): try revoke(revoked)
    case .reactionChanged(let reaction): try react(reaction)
    case .statusChanged(let changed): try setStatus(changed)
    case .statusParked(let parked):
      let report = parked.report
      try park(MessageId(provider: report.providerId), report.contact, parked.parkedAt, kind: "status", JSONWriter.encode(parked))
    case .changeParked(let parked):
      try park(MessageId(provider: parked.target), parked.source.contact, parked.parkedAt, kind: "change", JSONWriter.encode(parked))
    case .parkedExpired(let expired): try unpark(expired.message, expired.contact)
    case .conversationRead(let read): try markRead(read)
    case .commandCompleted(let completed): try complete(completed)
    }
  }

  /// The update knows only the fields that changed.
  private func save(_ person: Person, _ contact: ContactId) throws {
    try db.run(
      """
      INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = coalesce(excluded.name, name), phone = coalesce(excluded.phone, phone),
        user_id = coalesce(excluded.user_id, user_id), parent_user_id = coalesce(excluded.parent_user_id, parent_user_id),
        username = coalesce(excluded.username, username)
      """,
      [
        contact.text, person.name.clear(), person.phone.clear(), person.userId.clear(), person.parentUserId.clear(),
        person.username.clear(), occurredAt.milliseconds,
      ])
  }

  private func open(_ opened: ConversationOpened) throws {
    try db.run(
      """
      INSERT INTO conversations (id, contact, channel, display_number, business_account, opened_at, last_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        opened.conversation.text, opened.contact.text, opened.channel.id.text, opened.channel.displayNumber,
        opened.channel.businessAccount?.text, occurredAt.milliseconds, occurredAt.milliseconds,
      ])
  }

  private func markRead(_ read: ConversationRead) throws {
    try db.run("UPDATE conversations SET unread = ? WHERE id = ?", [read.unread, read.conversation.text])
    try db.run(
      "INSERT INTO changes (partition, position, conversation) SELECT ?, ?, row FROM conversations WHERE id = ?",
      [partition, position, read.conversation.text])
  }

  private func complete(_ completed: CommandCompleted) throws {
    let refusal = try completed.refusal.map { try JSONWriter.encode($0) }
    try db.run(
      "INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?)",
      [
        completed.command.text, completed.contact.text, partition, position, occurredAt.milliseconds, refusal.map { Data($0) },
      ])
    // By the time of the partition's own records, so that every instance drops the same.
    let oldest = occurredAt.adding(hours: -ConversationsFold.commandResultsHours)
    try db.run("DELETE FROM commands WHERE partition = ? AND at < ?", [partition, oldest.milliseconds])
  }

  private func park(_ message: MessageId, _ contact: ContactId, _ parkedAt: Timestamp, kind: String, _ item: [UInt8]) throws {
    try db.run(
      "INSERT INTO parked VALUES (?, ?, ?, ?, ?, ?, ?)",
      [message.text, contact.text, position, partition, parkedAt.milliseconds, kind, Data(item)])
  }

  func unpark(_ message: MessageId, _ contact: ContactId) throws {
    try db.run("DELETE FROM parked WHERE message = ? AND contact = ?", [message.text, contact.text])
  }

  func noteChange(conversation: Int64, message: Int64) throws {
    try db.run(
      "INSERT INTO changes (partition, position, conversation, message) VALUES (?, ?, ?, ?)",
      [partition, position, conversation, message])
  }
}

/// An event speaks of something that is not in the view: the log does not fit the fold.
struct MissingRow: Error, CustomStringConvertible {
  let what: String
  var description: String { "there is no \(what)" }
}
