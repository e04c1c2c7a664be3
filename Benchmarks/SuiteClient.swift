import Crypto
import Foundation
import JSON
import Outbound

/// Talks to a running suite as Meta and as a holder of a key.
struct SuiteClient {
  static let batchMessages = 500
  /// Webhooks on their way at once.
  static let concurrency = 64
  static let idPrefix = "wamid."
  static let burstWebhooks = 4_000

  let client: HTTPClient
  let url: String
  let token: String
  let secret: String

  /// Stores a message for each of these customers, and waits until the store has them all.
  ///
  /// - Returns: messages a second.
  @discardableResult func store(_ customers: Range<Int>) async throws -> Double {
    let before = try await ingested()
    let start = ContinuousClock.now
    for first in stride(from: customers.lowerBound, to: customers.upperBound, by: Self.batchMessages) {
      let messages = (first..<min(first + Self.batchMessages, customers.upperBound)).map { Self.message("stored-\($0)", customer: $0) }
      try await post(messages)
    }
    try await settle(before + customers.count)
    return Double(customers.count) / seconds(since: start)
  }

  /// How many single-message webhooks a second go the whole way, when as many are sent as are taken.
  func highestRate() async throws -> Double {
    let before = try await ingested()
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<Self.burstWebhooks {
        if number >= Self.concurrency { try await group.next() }
        group.addTask { try await post([Self.message("burst-\(number)", customer: number % 997)]) }
      }
      try await group.waitForAll()
    }
    try await settle(before + Self.burstWebhooks)
    return Double(Self.burstWebhooks) / seconds(since: start)
  }

  /// How long the first page of the list takes, again and again, one after the other.
  func pageMilliseconds(count: Int) async throws -> [Double] {
    var times: [Double] = []
    for _ in 0..<count {
      let start = ContinuousClock.now
      let answer = try await get("/api/conversations?limit=50")
      guard answer.status == 200 else { throw BenchError("the list answered with \(answer.status)") }
      times.append(seconds(since: start) * 1_000)
    }
    return times
  }

  private func ingested() async throws -> Int {
    let document = try JSONDocument(parsing: try await get("/api/ingest").body)
    return Int(document.root["stored"]?.int ?? 0)
  }

  /// Waits until that many items are stored and the view of the conversations stands still.
  private func settle(_ stored: Int) async throws {
    let deadline = ContinuousClock.now + .seconds(600)
    while try await ingested() < stored {
      guard ContinuousClock.now < deadline else { throw BenchError("\(stored) items were not stored in time") }
      try await Task.sleep(for: .milliseconds(10))
    }
    while try await lagging() {
      guard ContinuousClock.now < deadline else { throw BenchError("the views did not catch up in time") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// The steps and views work one after the other: they are done when the suite is ready and none of them moves any more.
  private func lagging() async throws -> Bool {
    guard try await get("/readyz").status == 200 else { return true }
    let metrics = String(decoding: try await get("/metrics").body, as: UTF8.self)
    let counts = metrics.split(separator: "\n").filter { $0.hasPrefix("parley_step_records{") || $0.hasPrefix("parley_view_records{") }
    try await Task.sleep(for: .milliseconds(150))
    let later = String(decoding: try await get("/metrics").body, as: UTF8.self)
    return counts != later.split(separator: "\n").filter { $0.hasPrefix("parley_step_records{") || $0.hasPrefix("parley_view_records{") }
  }

  private func get(_ path: String) async throws -> HTTPResponse {
    try await client.send(HTTPRequest(url: url + path, headers: ["Authorization": "Bearer \(token)"]))
  }

  func post(_ messages: [String]) async throws {
    let body = """
      {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":\
      {"messaging_product":"whatsapp","metadata":{"display_phone_number":"420555000111","phone_number_id":"106540352242922"},\
      "messages":[\(messages.joined(separator: ","))]}}]}]}
      """
    let bytes = Array(body.utf8)
    let code = HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: Data(secret.utf8)))
    let headers: HTTPHeaders = [
      "Content-Type": "application/json", "X-Hub-Signature-256": "sha256=" + code.map { String(format: "%02x", $0) }.joined(),
    ]
    let answer = try await client.send(HTTPRequest(method: "POST", url: url + "/webhooks/whatsapp", headers: headers, body: bytes))
    guard answer.status == 200 else { throw BenchError("a webhook was answered with \(answer.status)") }
  }

  static func message(_ id: String, customer: Int) -> String {
    """
    {"from":"4915\(String(format: "%09d", customer))","id":"\(idPrefix)\(id)","timestamp":"\(Int(Date().timeIntervalSince1970))",\
    "type":"text","text":{"body":"Where is my order number \(customer)? It was to come on Monday."}}
    """
  }

  private func seconds(since start: ContinuousClock.Instant) -> Double {
    let time = start.duration(to: .now).components
    return Double(time.seconds) + Double(time.attoseconds) / 1e18
  }
}
