import GRDB
import HTTPKit

/// One page of the messages of a conversation, in the order of the log.
package struct MessageList: Sendable {
  enum Order: String, CaseIterable { case oldest, newest }

  package static let query = PageRequest.query + ["order"]

  private let conversation: String
  private let order: Order
  private let limit: Int
  private let after: Int64?

  package init(_ call: Call, tokens: PageTokens) throws {
    conversation = try call.parameter("id")
    let order = try call.choice("order") ?? Order.oldest
    let page = try PageRequest(call, list: Self.name(conversation), tokens: tokens)
    self.order = order
    limit = page.limit
    after = try page.after.map { after in
      guard after.count == 2, after[0] == order.rawValue, let position = Int64(after[1]) else {
        throw Problem.badRequest(field: "page", "It is a page token of another order.")
      }
      return position
    }
  }

  /// A token of one conversation is no token of another.
  private static func name(_ conversation: String) -> String { "messages/\(conversation)" }

  package var condition: String {
    let isOldest = order == .oldest
    let start = after == nil ? "" : "AND m.position \(isOldest ? ">" : "<") ?"
    return "WHERE m.conversation = ? \(start) ORDER BY m.position \(isOldest ? "ASC" : "DESC") LIMIT \(limit + 1)"
  }

  /// `nil`: there is no such conversation.
  func page(_ db: Database, tokens: PageTokens) throws -> Page<MessageJSON>? {
    let statement = try db.cachedStatement(sql: "SELECT row FROM conversations WHERE id = ?")
    guard let row = try Int64.fetchOne(statement, arguments: [conversation]) else { return nil }
    let found = try MessageJSON.fetch(db, condition, after.map { [row, $0] } ?? [row])
    let shown = found.prefix(limit)
    let next = found.count > limit ? shown.last : nil
    return Page(
      items: shown.map(\.message),
      next: next.map { last in
        tokens.seal([order.rawValue, "\(last.row[MessageJSON.positionColumn] as Int64)"], list: Self.name(conversation))
      })
  }
}
