import Events
import GRDB
import HTTPKit

/// One page of the list of conversations: which, in which order, from where on.
package struct ConversationList: Sendable {
  enum Filter: String, CaseIterable { case all, unread, unanswered }
  /// By the time of the last message; a minus is newest first.
  enum Sort: String, CaseIterable {
    case oldestFirst = "last"
    case newestFirst = "-last"
  }

  static let name = "conversations"
  package static let query = PageRequest.query + ["filter", "channel", "contact", "sort"]

  private var index = "conversations_all"
  private var conditions: [String] = []
  private var values: [any DatabaseValueConvertible & Sendable] = []
  private let sort: Sort
  private let limit: Int

  package init(_ call: Call, tokens: PageTokens) throws {
    let page = try PageRequest(call, list: Self.name, tokens: tokens)
    limit = page.limit
    sort = try call.choice("sort") ?? .newestFirst
    let filter = try call.choice("filter") ?? Filter.all
    if filter == .unread {
      index = "conversations_unread"
      conditions.append("c.unread > 0")
    }
    if filter == .unanswered {
      index = "conversations_unanswered"
      conditions.append("c.unanswered = 1")
    }
    if let channel = try call.query("channel") {
      if filter == .all { index = "conversations_channel" }
      conditions.append("c.channel = ?")
      values.append(channel)
    }
    if let contact = try call.query("contact") {
      index = "conversations_contact"
      conditions.append("c.contact = ?")
      values.append(contact)
    }
    if let after = page.after {
      guard after.count == 3, after[0] == sort.rawValue, let lastAt = Int64(after[1]) else {
        throw Problem.badRequest(field: "page", "It is a page token of another order.")
      }
      conditions.append("(c.last_at, c.id) \(sort == .newestFirst ? "<" : ">") (?, ?)")
      values += [lastAt, after[2]]
    }
  }

  package var sql: String {
    let order = sort == .newestFirst ? "DESC" : "ASC"
    let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    // One more than the page tells whether there is a next one.
    return ConversationJSON.sql(index: index, "\(condition) ORDER BY c.last_at \(order), c.id \(order) LIMIT \(limit + 1)")
  }

  package var arguments: StatementArguments { StatementArguments(values) }

  func page(_ db: Database, tokens: PageTokens) throws -> Page<ConversationJSON> {
    let found = try ConversationJSON.fetch(db, sql, arguments)
    let shown = found.prefix(limit)
    let next = found.count > limit ? shown.last : nil
    return Page(
      items: shown.map(\.conversation),
      next: next.map { last in
        tokens.seal(
          [sort.rawValue, "\(last.row[ConversationJSON.lastAtColumn] as Int64)", last.conversation.id], list: Self.name)
      })
  }
}

extension Call {
  /// A parameter of the query that is one of few words.
  func choice<C: RawRepresentable<String> & CaseIterable>(_ name: String) throws -> C? {
    guard let text = try query(name) else { return nil }
    guard let choice = C(rawValue: text) else {
      throw Problem.badRequest(field: name, "It must be one of \(C.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return choice
  }
}
