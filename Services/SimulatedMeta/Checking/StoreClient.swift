import Foundation
import Outbound

/// Counts of items as `/api/ingest` shows them.
public struct IngestCounts: Sendable, Equatable, Decodable {
  public var received: Int
  public var stored: Int
  public var duplicates: Int
  public var deadLettered: Int

  /// `received = stored + duplicates + deadLettered`.
  public var isBalanced: Bool { received == stored + duplicates + deadLettered }

  static let none = IngestCounts(received: 0, stored: 0, duplicates: 0, deadLettered: 0)

  static func - (left: IngestCounts, right: IngestCounts) -> IngestCounts {
    IngestCounts(
      received: left.received - right.received, stored: left.stored - right.stored, duplicates: left.duplicates - right.duplicates,
      deadLettered: left.deadLettered - right.deadLettered)
  }
}

/// The answer of `/api/ingest`.
public struct IngestReport: Sendable, Equatable, Decodable {
  public var received: Int
  public var stored: Int
  public var duplicates: Int
  public var deadLettered: Int
  public var pending: Int
  public var byKind: [String: IngestCounts]

  public var total: IngestCounts {
    IngestCounts(received: received, stored: stored, duplicates: duplicates, deadLettered: deadLettered)
  }

  func counts(_ category: Item.Category) -> IngestCounts { byKind[category.rawValue] ?? .none }
}

struct StoredConversation: Sendable, Decodable {
  let id: String
}

struct StoredMessage: Sendable, Decodable {
  let providerId: String?
  let direction: String
  let kind: String
  let text: String?
  let status: String?
}

/// Reads the product's API.
struct StoreClient: Sendable {
  struct Refused: Error, CustomStringConvertible {
    let path: String
    let status: Int
    var description: String { "GET \(path) was answered with \(status)" }
  }

  private struct Page<Element: Decodable>: Decodable {
    let items: [Element]
    let next: String?
  }

  let client: HTTPClient
  let baseURL: String
  let gatewayURL: String
  let token: String
  private let pageLimit = 100
  /// RFC 3986, section 2.3.
  private static let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

  func ingest() async throws -> IngestReport { try await get("/api/ingest", of: gatewayURL) }

  /// Nil while nothing listens, connections break, or the product says that it is not available just now.
  func ingestIfReachable() async throws -> IngestReport? {
    do {
      return try await ingest()
    } catch let error as OutboundError {
      if case .cancelled = error { throw error }
      return nil
    } catch let refusal as Refused where refusal.status == 503 {
      return nil
    }
  }

  func forEachConversation(_ body: (StoredConversation) async throws -> Void) async throws {
    try await forEach("/api/conversations", body)
  }

  func messages(of conversation: String) async throws -> [StoredMessage] {
    var messages: [StoredMessage] = []
    try await forEach("/api/conversations/\(escaped(conversation))/messages") { messages.append($0) }
    return messages
  }

  private func forEach<Element: Decodable>(_ path: String, _ body: (Element) async throws -> Void) async throws {
    var next: String?
    repeat {
      let query = next.map { "&page=\(escaped($0))" } ?? ""
      let page: Page<Element> = try await get("\(path)?limit=\(pageLimit)\(query)")
      for element in page.items { try await body(element) }
      next = page.next
    } while next != nil
  }

  private func get<Answer: Decodable>(_ path: String, of server: String? = nil) async throws -> Answer {
    let response = try await client.send(HTTPRequest(url: (server ?? baseURL) + path, headers: ["Authorization": "Bearer \(token)"]))
    guard response.status == 200 else { throw Refused(path: path, status: response.status) }
    return try JSONDecoder().decode(Answer.self, from: Data(response.body))
  }

  private func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? ""
  }
}
