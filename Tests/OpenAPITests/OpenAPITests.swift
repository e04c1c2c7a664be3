import ConversationStoreApp
import EventLogEmbedded
import Events
import Foundation
import HTTPKit
import IngestGatewayApp
import JSON
import Logging
import NotifierApp
import ReporterApp
import ServiceKit
import Testing
import TicketServiceApp

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

  @Test func `the document and the routes of all services say the same`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "openapi-\(UUID().uuidString)").path
    let environment = ["PARLEY_META_APP_SECRET": "a secret of an app", "PARLEY_META_VERIFY_TOKEN": "verify"]
    let settings = try await SettingsReader.read(flags: SettingsFlags(data: folder), environment: environment, needsWebhooks: true)
    let log = try EmbeddedLog(folder: folder)
    defer { log.close() }
    try log.createTopics(Topics.all.map(\.settings), partitions: 2)
    let platform = Platform(settings: settings, secrets: try Secrets(settings: settings), log: log, logger: Logger(label: "test"))
    let parts = [
      try IngestGateway.build(platform), try ConversationStore.build(platform), try TicketService.build(platform),
      try Notifier.build(platform), try Reporter.build(platform),
    ]
    let routes = Host(platform: platform, parts: parts).routes.filter { !Self.pages.contains($0.path) }.map { route in
      Operation(method: route.method.rawValue.lowercased(), path: route.path, query: Set(route.query), needsKey: route.access == .key)
    }
    #expect(Set(routes) == Set(try Self.documented()))
    #expect(routes.count == Set(routes).count)
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
