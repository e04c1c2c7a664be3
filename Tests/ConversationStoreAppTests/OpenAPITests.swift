import ConversationStoreApp
import Foundation
import HTTPKit
import JSON
import Testing

@Suite struct OpenAPITests {
  /// What the document says of one route.
  private struct Operation: Hashable {
    let method: String
    let path: String
    let query: Set<String>
    let needsKey: Bool
  }

  /// Files for the browser; no part of the API.
  private static let pages: Set<String> = ["/", "/live.js", "/style.css"]

  @Test func `the document and the routes of the store say the same`() async throws {
    let documented = try Self.documented().filter { $0.path.hasPrefix("/api/co") || $0.path == "/api/live" }
    try await Store.run(decides: false) { store in
      let routes = store.routes.filter { !Self.pages.contains($0.path) }.map { route in
        Operation(
          method: route.method.rawValue.lowercased(), path: route.path, query: Set(route.query), needsKey: route.access == .key)
      }
      #expect(Set(routes) == Set(documented))
    }
  }

  @Test func `every reference of the document has a target`() throws {
    let document = try Self.document()
    let schemas = Set(try #require(document.root["components"]?["schemas"]).members.map { $0.key })
    let text = document.root.text()
    let references = text.matches(of: /"#\/components\/schemas\/(\w+)"/).map { String($0.output.1) }
    #expect(!references.isEmpty)
    #expect(Set(references) == schemas)
  }

  private static func document() throws -> JSONDocument {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDocument(parsing: Array(try Data(contentsOf: root.appendingPathComponent("docs/openapi.json"))))
  }

  private static func documented() throws -> [Operation] {
    try #require(try document().root["paths"]).members.flatMap { path, operations in
      operations.members.map { method, operation in
        let query = operation["parameters"]?.array?.filter { $0["in"]?.string == "query" }.compactMap { $0["name"]?.string } ?? []
        return Operation(method: method, path: path, query: Set(query), needsKey: operation["security"]?.count ?? 0 > 0)
      }
    }
  }
}
