import Foundation
import Outbound

/// What grows with what is stored, and what must not: latency, the first page of the list, memory.
struct GrowthBench {
  static let fewConversations = 1_000
  static let pagesMeasured = 200

  let folder: String
  let executable: String
  let conversations: Int

  func run(_ figures: inout Figures) async throws {
    let port = 18_900 + Int.random(in: 0..<500)
    let environment = [
      "PARLEY_META_APP_SECRET": AckBench.secret, "PARLEY_META_VERIFY_TOKEN": "verify", "PARLEY_ADMIN_TOKEN": "token-of-the-benchmark",
    ]
    let parley = URL(fileURLWithPath: executable).deletingLastPathComponent().appending(path: "parley").path
    let suite = try BenchProcess(
      parley, ["up", "--data", folder + "/suite", "--port", "\(port)"], environment: environment, log: folder + "/suite.log")
    defer { suite.end() }
    try suite.wait(until: "Parley is at")
    let client = try HTTPClient()
    let peer = SuiteClient(client: client, url: "http://127.0.0.1:\(port)", token: "token-of-the-benchmark", secret: AckBench.secret)
    _ = try await peer.pageMilliseconds(count: 20)
    let idle = suite.residentMiB

    try await peer.store(0..<Self.fewConversations)
    let highest = try await peer.highestRate()
    figures.add("webhooks a second, end to end", String(format: "%.0f", highest))
    let latency = LatencyBench(url: peer.url, token: peer.token, secret: peer.secret, webhooksPerSecond: highest / 2)
    let fewPage = Percentiles(try await peer.pageMilliseconds(count: Self.pagesMeasured))[0.5]
    let few = Percentiles(try await latency.run())
    figures.add(
      "POST to live feed, \(Self.fewConversations) conversations", String(format: "p50 %.1f ms, p99 %.1f ms", few[0.5], few[0.99]))

    let rate = try await peer.store(Self.fewConversations..<conversations)
    figures.add("messages a second in bodies of \(SuiteClient.batchMessages), until the view holds them", String(format: "%.0f", rate))
    let manyPage = Percentiles(try await peer.pageMilliseconds(count: Self.pagesMeasured))[0.5]
    let many = Percentiles(try await latency.run())
    figures.add("POST to live feed, \(conversations) conversations", String(format: "p50 %.1f ms, p99 %.1f ms", many[0.5], many[0.99]))
    figures.add("p50 at \(conversations) / at \(Self.fewConversations) conversations", ratio: many[0.5] / few[0.5], atMost: 1.3)
    figures.add("p99 at \(conversations) / at \(Self.fewConversations) conversations", ratio: many[0.99] / few[0.99], atMost: 2)
    figures.add("first page at \(conversations) / at \(Self.fewConversations) conversations", ratio: manyPage / fewPage, atMost: 1.5)
    figures.add("resident memory, idle", String(format: "%.0f MiB", idle))
    figures.add("resident memory after \(conversations) conversations / idle", ratio: suite.residentMiB / idle, atMost: 2)
    await client.close()
  }
}
