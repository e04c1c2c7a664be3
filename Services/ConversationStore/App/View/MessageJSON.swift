import Events
import Foundation
import GRDB
import JSON

/// A message as the API and the live feed show it.
struct MessageJSON: Encodable, Sendable {
  let id: String
  let conversation: String
  let providerId: String
  let direction: String
  let kind: String
  @OrNull var text: String?
  /// `null` for what the customer wrote.
  @OrNull var status: String?
  let at: Timestamp
  let editedAt: Timestamp?
  let revoked: Bool
  let reactions: [Reaction]
  let context: ReplyContext?
  let media: Media?
  let errors: [ProviderError]

  struct Reaction: Encodable, Sendable {
    let direction: String
    let emoji: String
  }

  struct Media: Encodable, Sendable {
    let mimeType: String?
    let fileName: String?
    let caption: String?
    let animated: Bool?
  }

  static let columns = """
    m.id, c.id, m.provider_id, m.direction, m.kind, m.text, m.status, m.at, m.edited_at, m.revoked, m.context, m.content, m.errors, m.row,
    m.position
    """
  static let rowColumn = 13
  static let positionColumn = 14

  /// - Parameter row: ``columns``.
  init(_ row: Row, reactions: [Reaction]) throws {
    id = row[0]
    conversation = row[1]
    providerId = row[2]
    direction = row[3]
    kind = row[4]
    _text = OrNull(wrappedValue: row[5])
    _status = OrNull(wrappedValue: row[6])
    at = Timestamp(milliseconds: row[7])
    editedAt = (row[8] as Int64?).map { Timestamp(milliseconds: $0) }
    revoked = row[9]
    let context = row[10] as Data?
    self.context = try context.map { try JSONReader.decode(from: [UInt8]($0)) }
    let content = row[11] as Data?
    media = try content.flatMap { Media(try JSONReader.decode(from: [UInt8]($0))) }
    errors = try [ProviderError].read(from: row[12])
    self.reactions = reactions
  }

  /// Reads the rows that `rest` of the query selects, with their reactions.
  static func fetch(_ db: Database, _ rest: String, _ arguments: StatementArguments) throws -> [(row: Row, message: MessageJSON)] {
    let statement = try db.cachedStatement(
      sql: "SELECT \(columns) FROM messages m JOIN conversations c ON c.row = m.conversation \(rest)")
    let rows = try Row.fetchAll(statement, arguments: arguments)
    let reactions = try Self.reactions(of: rows.map { $0[rowColumn] }, db)
    return try rows.map { ($0, try MessageJSON($0, reactions: reactions[$0[rowColumn]] ?? [])) }
  }

  private static func reactions(of messages: [Int64], _ db: Database) throws -> [Int64: [Reaction]] {
    guard !messages.isEmpty else { return [:] }
    let statement = try db.cachedStatement(
      sql: """
        SELECT message, direction, emoji FROM reactions
        WHERE emoji IS NOT NULL AND message IN (SELECT value FROM json_each(?)) ORDER BY message, direction
        """)
    var reactions: [Int64: [Reaction]] = [:]
    for row in try Row.fetchAll(statement, arguments: [String(decoding: JSONWriter.encode(messages), as: UTF8.self)]) {
      reactions[row[0], default: []].append(Reaction(direction: row[1], emoji: row[2]))
    }
    return reactions
  }
}

extension MessageJSON.Media {
  fileprivate init?(_ content: MessageContent) {
    switch content {
    case .image(let media), .video(let media), .audio(let media), .voice(let media), .document(let media), .sticker(let media):
      self.init(
        mimeType: media.mimeType, fileName: media.fileName.clear(), caption: media.caption.clear(), animated: media.animated)
    default: return nil
    }
  }
}
