import Events
import GRDB
import JSON
import Views

/// Reads the changes after a position, as server-sent events. Nothing is queued for a client: each reads the table at its own pace, so a
/// slow one costs no memory, and one that falls behind what is kept is told to begin anew.
package struct LiveFeed {
  static let maxChangesPerRead = 200

  package struct Frame: Sendable, Equatable {
    package enum Name: String, Sendable { case conversation, message, reset }

    package let id: String
    package let name: Name
    package let data: [UInt8]
  }

  /// The last row read of the table of changes of this instance.
  private var sequence: Int64
  /// What the client has: the next offset of each partition.
  package private(set) var vector: PositionVector

  /// - Parameter after: what the client has; `nil`: it begins now.
  package init(after: PositionVector?, now: PositionVector, _ db: Database) throws {
    if let after {
      sequence = 0
      vector = after
    } else {
      sequence = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM changes") ?? 0
      vector = now
    }
  }

  /// The next frames; none when nothing has changed.
  package mutating func next(_ db: Database) throws -> [Frame] {
    if let reset = try resetIfBehind(db) { return [reset] }
    var changes: [Change] = []
    let statement = try db.cachedStatement(
      sql: "SELECT seq, partition, position, conversation, message FROM changes WHERE seq > ? ORDER BY seq LIMIT ?")
    // Rows that a resuming client has already are passed over without leaving the loop.
    while changes.isEmpty {
      let rows = try Row.fetchAll(statement, arguments: [sequence, Self.maxChangesPerRead]).map(Change.init)
      guard let last = rows.last else { break }
      sequence = last.sequence
      changes = rows.filter { $0.position >= vector[$0.partition] }
    }
    return try frames(of: changes, db)
  }

  /// What the client has misses changes that are not kept any more: it must read the lists again and go on from here.
  private mutating func resetIfBehind(_ db: Database) throws -> Frame? {
    let statement = try db.cachedStatement(sql: "SELECT partition, since FROM changes_kept")
    let kept = try Row.fetchAll(statement)
    guard kept.contains(where: { vector[$0[0]] < $0[1] }) else { return nil }
    sequence = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM changes") ?? 0
    for row in try Row.fetchAll(db, sql: "SELECT partition, max(position) + 1 FROM changes GROUP BY partition") {
      vector[row[0]] = max(vector[row[0]], row[1])
    }
    for row in kept { vector[row[0]] = max(vector[row[0]], row[1]) }
    return Frame(id: vector.description, name: .reset, data: Array("{}".utf8))
  }

  /// Each object once, as it is now, at the place of its last change; and after it the position up to which the client then has all.
  private mutating func frames(of changes: [Change], _ db: Database) throws -> [Frame] {
    let lastOfMessage = Dictionary(changes.compactMap { change in change.message.map { ($0, change.sequence) } }) { max($0, $1) }
    let lastOfConversation = Dictionary(changes.map { ($0.conversation, $0.sequence) }) { max($0, $1) }
    let messages = try objects(Array(lastOfMessage.keys)) { json in
      try MessageJSON.fetch(db, "WHERE m.row IN (SELECT value FROM json_each(?))", [json])
        .map { ($0.row[MessageJSON.rowColumn], try JSONWriter.encode($0.message)) }
    }
    let conversations = try objects(Array(lastOfConversation.keys)) { json in
      try ConversationJSON.fetch(db, ConversationJSON.sql("WHERE c.row IN (SELECT value FROM json_each(?))"), [json])
        .map { ($0.row[ConversationJSON.rowColumn], try JSONWriter.encode($0.conversation)) }
    }
    var frames: [Frame] = []
    for change in changes {
      // The position moves with the last frame of the change only: a client cut off before it gets the change again.
      let before = vector.description
      vector[change.partition] = change.position + 1
      let message = change.message.flatMap { lastOfMessage[$0] == change.sequence ? messages[$0] : nil }
      let conversation = lastOfConversation[change.conversation] == change.sequence ? conversations[change.conversation] : nil
      if let message {
        frames.append(Frame(id: conversation == nil ? vector.description : before, name: .message, data: message))
      }
      if let conversation { frames.append(Frame(id: vector.description, name: .conversation, data: conversation)) }
    }
    return frames
  }

  private func objects(_ rows: [Int64], _ fetch: (String) throws -> [(Int64, [UInt8])]) throws -> [Int64: [UInt8]] {
    if rows.isEmpty { return [:] }
    return Dictionary(uniqueKeysWithValues: try fetch(String(decoding: try JSONWriter.encode(rows), as: UTF8.self)))
  }

  private struct Change {
    let sequence: Int64
    let partition: Int32
    let position: Int64
    let conversation: Int64
    let message: Int64?

    init(_ row: Row) {
      sequence = row[0]
      partition = row[1]
      position = row[2]
      conversation = row[3]
      message = row[4]
    }
  }
}
