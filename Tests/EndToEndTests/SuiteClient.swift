import Foundation
import Outbound
import SimulatedMeta

/// Talks to a running suite as Meta, and as a holder of its key.
struct SuiteClient {
  /// The counts of `/api/ingest`.
  struct Counts: Decodable, Equatable {
    let received: Int
    let stored: Int
    let duplicates: Int
    let deadLettered: Int
    let pending: Int
  }

  let client: HTTPClient
  let url: String

  init(_ url: String) throws {
    client = try HTTPClient()
    self.url = url
  }

  /// Sends a body with the signature of the test's app. A connection that fails counts as status 0.
  func post(_ body: [UInt8]) async throws -> HTTPResponse {
    let signature = webhookSignature(of: body, secret: RunningSuite.environment["PARLEY_META_APP_SECRET"] ?? "")
    let request = HTTPRequest(
      method: "POST", url: url + "/webhooks/whatsapp",
      headers: ["Content-Type": "application/json", "X-Hub-Signature-256": signature], body: body)
    do throws(OutboundError) {
      return try await client.send(request)
    } catch {
      return HTTPResponse(status: 0, headers: [:], body: Array("\(error)".utf8))
    }
  }

  func get(_ path: String) async throws -> HTTPResponse { try await client.send(request(path)) }

  func counts() async throws -> Counts { try JSONDecoder().decode(Counts.self, from: Data(try await get("/api/ingest").body)) }

  /// Opens `/api/live`; the lines come as they are sent.
  func live() -> AsyncThrowingStream<String, any Error> { client.lines(request("/api/live")) }

  private func request(_ path: String) -> HTTPRequest {
    HTTPRequest(url: url + path, headers: ["Authorization": "Bearer \(RunningSuite.environment["PARLEY_ADMIN_TOKEN"] ?? "")"])
  }
}

/// Bodies of webhooks with text messages.
enum Webhook {
  /// - Parameter bytes: the size of the body; a field that nobody reads fills it up.
  static func texts(_ ids: [String], bytes: Int = 0) -> [UInt8] {
    let now = Int(Date().timeIntervalSince1970)
    let messages = ids.map {
      #"{"from":"4915115550123","id":"wamid.\#($0)","timestamp":"\#(now)","type":"text","text":{"body":"Message \#($0)"}}"#
    }
    let head = #"""
      {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
      "metadata":{"display_phone_number":"4930555010","phone_number_id":"106540352242922"},
      "contacts":[{"profile":{"name":"Mara Example"},"wa_id":"4915115550123"}],"messages":[\#(messages.joined(separator: ","))]}}]}],
      "filler":"
      """#
    let tail = #""}"#
    return Array((head + String(repeating: "x", count: max(0, bytes - head.utf8.count - tail.utf8.count)) + tail).utf8)
  }
}
