import Crypto
import Foundation
import Outbound
import Synchronization

/// From the moment a webhook is sent until its message comes out of the live feed.
struct LatencyBench {
  static let seconds = 10
  static let idPrefix = "wamid.bench-"

  let url: String
  let token: String
  let secret: String
  let webhooksPerSecond: Double

  /// - Returns: milliseconds of each message.
  func run() async throws -> [Double] {
    let client = try HTTPClient()
    let journeys = Journeys()
    let listener = Task { [url, token] in
      let feed = HTTPRequest(url: url + "/api/live", headers: ["Authorization": "Bearer \(token)"])
      for try await line in client.lines(feed) where line.hasPrefix("data:") {
        guard let start = line.range(of: "\"providerId\":\"\(Self.idPrefix)"), let end = line[start.upperBound...].firstIndex(of: "\"")
        else { continue }
        journeys.end(String(line[start.upperBound..<end]))
      }
    }
    try await Task.sleep(for: .milliseconds(500))
    let count = Int(webhooksPerSecond * Double(Self.seconds))
    let run = UInt32.random(in: 0...UInt32.max)
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        try await Task.sleep(until: start + .microseconds(Int(Double(number) * 1e6 / webhooksPerSecond)))
        let id = "\(run)-\(number)"
        group.addTask {
          journeys.begin(id)
          try await post(id, customer: number % 997, client)
        }
      }
      try await group.waitForAll()
    }
    let deadline = ContinuousClock.now + .seconds(10)
    while journeys.underWay > 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    listener.cancel()
    await client.close()
    guard journeys.underWay == 0 else { throw BenchError("\(journeys.underWay) of \(count) messages did not come out of the live feed") }
    return journeys.milliseconds
  }

  private func post(_ id: String, customer: Int, _ client: HTTPClient) async throws {
    let text = Load.body
      .replacing("wamid.HBgMNDIwNTU1MDEwMjAzFQIAEhgUM0E0QkNGNjZFRkQ2QjM5RkQ0NDUA", with: Self.idPrefix + id)
      .replacing("420555010203", with: "420555\(100_000 + customer)").replacing("CZ.13491208655302741918", with: "CZ.\(customer)")
      .replacing("1790000000", with: "\(Int(Date().timeIntervalSince1970))")
    let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8)))
    let signature = "sha256=" + code.map { String(format: "%02x", $0) }.joined()
    let request = HTTPRequest(
      method: "POST", url: url + "/webhooks/whatsapp", headers: ["Content-Type": "application/json", "X-Hub-Signature-256": signature],
      body: Array(text.utf8))
    let answer = try await client.send(request)
    guard answer.status == 200 else { throw BenchError("a webhook was answered with \(answer.status)") }
  }
}

/// The messages that are on their way, and how long the others took.
private final class Journeys: Sendable {
  private struct State {
    var began: [String: ContinuousClock.Instant] = [:]
    var milliseconds: [Double] = []
  }

  private let state = Mutex(State())

  var underWay: Int { state.withLock { $0.began.count } }
  var milliseconds: [Double] { state.withLock { $0.milliseconds } }

  func begin(_ id: String) { state.withLock { $0.began[id] = .now } }

  func end(_ id: String) {
    state.withLock { state in
      guard let began = state.began.removeValue(forKey: id) else { return }
      state.milliseconds.append(began.duration(to: .now) / .milliseconds(1))
    }
  }
}
