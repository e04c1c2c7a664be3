import Foundation
import JSON
import Outbound
import Synchronization

/// From the moment a webhook is sent until its message comes out of the live feed.
struct LatencyBench {
  static let seconds = 5

  let peer: SuiteClient
  let webhooksPerSecond: Double

  /// - Returns: milliseconds of each message.
  func run() async throws -> [Double] {
    var settings = HTTPClientSettings()
    settings.maxBufferedLines = 1_000_000
    let client = try HTTPClient(settings)
    let journeys = Journeys()
    let listener = Task { [peer] in
      let feed = HTTPRequest(
        url: peer.url + "/api/live", headers: ["Authorization": "Bearer \(peer.token)"], timeoutMilliseconds: 60_000)
      for try await line in client.lines(feed) where line.hasPrefix("data:") {
        let data = try JSONDocument(parsing: Array(line.utf8.dropFirst("data:".utf8.count)))
        if let id = data.root["providerId"]?.string { journeys.end(String(id.dropFirst(SuiteClient.idPrefix.count))) }
      }
    }
    try await Task.sleep(for: .milliseconds(500))
    let count = Int(webhooksPerSecond * Double(Self.seconds))
    let run = UInt32.random(in: 0...UInt32.max)
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        try await Task.sleep(until: start + .microseconds(Int(Double(number) * 1e6 / webhooksPerSecond)))
        let id = "latency-\(run)-\(number)"
        group.addTask {
          journeys.begin(id)
          try await peer.post([SuiteClient.message(id, customer: number % 997)])
        }
      }
      try await group.waitForAll()
    }
    let deadline = ContinuousClock.now + .seconds(30)
    while journeys.underWay > 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    listener.cancel()
    await client.close()
    guard journeys.underWay == 0 else { throw BenchError("\(journeys.underWay) of \(count) messages did not come out of the live feed") }
    return journeys.milliseconds
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
