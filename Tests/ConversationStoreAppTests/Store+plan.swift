import ConversationStoreApp
import GRDB
import HTTPKit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Views

extension Store {
  /// How SQLite would answer the list that this path asks for.
  func plan(ofList path: String) async throws -> [String] {
    try await plan(
      path,
      Route(.get, "/api/conversations", query: ConversationList.query) { [view, platform] call in
        let list = try ConversationList(call, tokens: platform.pageTokens)
        return try .json(try await view.read { try Self.plan(list.sql, list.arguments, $0) })
      })
  }

  func plan(ofMessages path: String) async throws -> [String] {
    try await plan(
      path,
      Route(.get, "/api/conversations/{id}/messages", query: MessageList.query) { [view, platform] call in
        let list = try MessageList(call, tokens: platform.pageTokens)
        let sql = "SELECT m.id FROM messages m JOIN conversations c ON c.row = m.conversation \(list.condition)"
        return try .json(try await view.read { try Self.plan(sql, [1], $0) })
      })
  }

  private func plan(_ path: String, _ route: Route) async throws -> [String] {
    let table = RouteTable([route], keys: AccessKeys([Self.token]), logger: platform.logger)
    return try await Application(router: table.router()).test(.router) { client in
      try await client.execute(uri: path, method: .get, headers: [.authorization: "Bearer \(Self.token)"]) { response in
        Answer(response).json?.root.array?.compactMap(\.string) ?? []
      }
    }
  }

  private static func plan(_ sql: String, _ arguments: StatementArguments, _ db: Database) throws -> [String] {
    try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments).map { $0["detail"] }
  }
}
