import Foundation
import Testing

/// The broker is away: at the start, and in the middle for longer than every time-out.
@Suite(.serialized) struct BrokerLossTests {
  static let ackTimeoutMilliseconds = 1_000
  /// The shortest that brokers take.
  static let sessionTimeoutMilliseconds = 6_000
  static let awaySeconds = 8

  static let settings = [
    "PARLEY_ACK_TIMEOUT_MS": "\(ackTimeoutMilliseconds)", "PARLEY_SESSION_TIMEOUT_MS": "\(sessionTimeoutMilliseconds)",
  ]

  @Test func `a process whose settings the broker refuses says so and ends`() async throws {
    let suite = try await KafkaSuite(settings: ["PARLEY_SESSION_TIMEOUT_MS": "1000"])
    let gateway = try suite.member("ingest-gateway")
    #expect(try await gateway.process.exitCode(within: 15) == 1, "\(gateway.process.printed)")
    #expect(gateway.process.printed.contains("Invalid session timeout"), "\(gateway.process.printed)")
  }

  @Test func `services wait for a broker that is away, and a longer loss costs no webhook`() async throws {
    let suite = try await KafkaSuite(settings: Self.settings)
    try await suite.broker.stop()
    let gateway = try suite.member("ingest-gateway")
    let store = try suite.member("conversation-store")
    for member in [gateway, store] {
      let waits = try await until("\(member.executable) waits", seconds: 30) {
        member.process.printed.contains("waiting for the event log")
      }
      #expect(waits && member.process.isRunning, "\(member.process.printed)")
    }
    try await suite.broker.start()
    for member in [gateway, store] { try await member.waitUntilListening() }

    let simulation = try suite.simulate(gateway: gateway, store: store, rate: 30, seconds: 12, seed: 13)
    let meta = try SuiteClient(gateway.url)
    try #require(try await until("traffic flows", seconds: 30) { try await meta.counts().stored > 50 }, "\(gateway.process.printed)")
    try await suite.broker.stop()
    let refused = try await meta.post(Webhook.texts(["while-the-broker-is-away"]))
    #expect(refused.status == 503, "\(String(decoding: refused.body, as: UTF8.self))")
    #expect(refused.headers["Retry-After"] != nil)
    try await Task.sleep(for: .seconds(Self.awaySeconds))
    try await suite.broker.start()

    // A member that comes back after its session may be taken for its own successor, and ends; whoever supervises it starts it again.
    let isOver = try await until("the simulation ends", seconds: 120) {
      for member in [gateway, store] { try member.superviseOnce() }
      return !simulation.isRunning
    }
    #expect(isOver)
    let code = try await simulation.exitCode(within: 1)
    #expect(code == 0, "\(simulation.printed)\n\(gateway.process.printed)\n\(store.process.printed)")
    for text in gateway.ended + store.ended { #expect(text.contains("another process has taken over"), "\(text)") }
    for member in [gateway, store] {
      try await member.stop()
      _ = try await suite.verify(member)
    }
  }
}
