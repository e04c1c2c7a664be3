import Foundation
import Testing

/// The gateway and the store as processes of their own, over a Kafka-wire broker.
@Suite(.serialized) struct KafkaSuiteTests {
  @Test func `kill -9 of the gateway and the store at any moment loses nothing, doubles nothing and keeps the order`() async throws {
    let suite = try await KafkaSuite()
    let gateway = try suite.member("ingest-gateway")
    let store = try suite.member("conversation-store")
    for member in [gateway, store] { try await member.waitUntilListening() }

    let simulation = try suite.simulate(gateway: gateway, store: store, rate: 50, seconds: 10, seed: 11)
    for victim in [gateway, store, gateway, store, store, gateway] {
      try await Task.sleep(for: .milliseconds(Int.random(in: 300...2_000)))
      try victim.killAndRestart()
    }
    let code = try await simulation.exitCode(within: 120)
    #expect(code == 0, "\(simulation.printed)\n\(gateway.process.printed)\n\(store.process.printed)")
    for member in [gateway, store] {
      try await member.stop()
      _ = try await suite.verify(member)
    }
  }

  @Test func `two stores on one log come to the same view, also when one is killed under load`() async throws {
    let suite = try await KafkaSuite()
    let gateway = try suite.member("ingest-gateway")
    let stores = [try suite.member("conversation-store"), try suite.member("conversation-store")]
    for member in [gateway] + stores { try await member.waitUntilListening() }

    let simulation = try suite.simulate(gateway: gateway, store: stores[0], rate: 50, seconds: 8, seed: 12)
    for _ in 0..<3 {
      try await Task.sleep(for: .milliseconds(Int.random(in: 500...2_500)))
      try stores[1].killAndRestart()
    }
    let code = try await simulation.exitCode(within: 120)
    #expect(code == 0, "\(simulation.printed)\n\(stores.map(\.process.printed).joined(separator: "\n"))")
    var found: [String] = []
    let agree = try await until("both views are at the end of the log", seconds: 20) {
      found = [try await digest(stores[0], suite), try await digest(stores[1], suite)]
      return found[0] == found[1]
    }
    #expect(agree, "\(found)")
    for member in [gateway] + stores { try await member.stop() }
  }

  /// The line about the view of conversations, up to its digest.
  private func digest(_ store: SuiteMember, _ suite: KafkaSuite) async throws -> String {
    let line = try await suite.verify(store).split(separator: "\n").first { $0.contains("conversation") && $0.contains("digest") }
    return String(try #require(line).prefix { $0 != "(" })
  }
}
