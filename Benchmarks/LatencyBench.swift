import Crypto
import Foundation
import Outbound
import Synchronization

/// From the moment a webhook is sent until its message comes out of the live feed.
struct LatencyBench {
  static let seconds = 10

  let url: String
  let token: String
  let secret: String
  let webhooksPerSecond: Double

  /// - Returns: milliseconds of each message.
  func run() async throws -> [Double] {
    let client = try HTTPClient()
    let sent = Mutex<[String: ContinuousClock.Instant]>([:])
    let times = Mutex<[Double]>([])
    let feed = HTTPRequest(url: url + "/api/live", headers: ["Authorization": "Bearer \(token)"])
    let listener = Task {
      for try await line in client.lines(feed) where line.hasPrefix("data:") {
        guard let start = line.range(of: "\"providerId\":\"wamid.bench-"), let end = line[start.upperBound...].firstIndex(of: "\"") else { continue }
        let id = String(line[start.upperBound..<end])
        guard let began = sent.withLock({ $0.removeValue(forKey: id) }) else { continue }
        let time = began.duration(to: .now).components
        times.withLock { $0.append(Double(time.seconds) * 1e3 + Double(time.attoseconds) / 1e15) }
      }
    }
    try await Task.sleep(for: .milliseconds(500))
    let count = Int(webhooksPerSecond * Double(Self.seconds))
    let run = UInt32.random(in: 0...UInt32.max)
    let start = ContinuousClock.now
    try await withThrowingTaskGroup { group in
      for number in 0..<count {
        try await Task.sleep(until: start + .microseconds(Int(Double(number) * 1e6 / webhooksPerSecond)))
        let id = "\(run)-\(number)"
        group.addTask {
          sent.withLock { $0[id] = .now }
          try await post(id, customer: number % 997, client)
        }
      }
      try await group.waitForAll()
    }
    let deadline = ContinuousClock.now + .seconds(10)
    while sent.withLock({ !$0.isEmpty }), ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    listener.cancel()
    await client.close()
    let missing = sent.withLock { $0.count }
    guard missing == 0 else { throw BenchError("\(missing) of \(count) messages did not come out of the live feed") }
    return times.withLock { $0 }
  }

  private func post(_ id: String, customer: Int, _ client: HTTPClient) async throws {
    let text = Load.body
      .replacing("wamid.HBgMNDIwNTU1MDEwMjAzFQIAEhgUM0E0QkNGNjZFRkQ2QjM5RkQ0NDUA", with: "wamid.bench-\(id)")
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
