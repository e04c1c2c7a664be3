import Foundation
import Outbound

/// What grows with what is stored, and what must not: latency, the first page of the list, memory.
///
/// Two suites hold few and many conversations and are measured in turn, so that what else the machine does hits both alike.
struct GrowthBench {
  static let fewConversations = 1_000
  static let rounds = 3
  static let pagesPerRound = 100

  let folder: String
  let executable: String
  let conversations: Int

  func run(_ figures: inout Figures) async throws {
    let client = try HTTPClient()
    let few = try Suite("few", folder: folder, executable: executable, client)
    let many = try Suite("many", folder: folder, executable: executable, client)
    defer {
      few.process.end()
      many.process.end()
    }
    _ = try await many.peer.pageMilliseconds(count: 20)
    let idle = many.process.residentMiB

    try await few.peer.store(0..<Self.fewConversations)
    let highest = try await few.peer.highestRate()
    figures.add("webhooks a second, end to end", String(format: "%.0f", highest))
    let rate = try await many.peer.store(0..<conversations)
    figures.add("messages a second in bodies of \(SuiteClient.batchMessages), until the view holds them", String(format: "%.0f", rate))

    var rounds: [(few: Look, many: Look)] = []
    for _ in 0..<Self.rounds { rounds.append((try await few.look(rate: highest / 2), try await many.look(rate: highest / 2))) }
    func median(_ value: ((few: Look, many: Look)) -> Double) -> Double { Percentiles(rounds.map(value))[0.5] }
    figures.add(
      "POST to live feed, \(Self.fewConversations) conversations",
      String(format: "p50 %.1f ms, p99 %.1f ms", median { $0.few.p50 }, median { $0.few.p99 }))
    figures.add(
      "POST to live feed, \(conversations) conversations",
      String(format: "p50 %.1f ms, p99 %.1f ms", median { $0.many.p50 }, median { $0.many.p99 }))
    let sizes = "at \(conversations) / at \(Self.fewConversations) conversations"
    figures.add("p50 \(sizes)", ratio: median { $0.many.p50 / $0.few.p50 }, atMost: 1.3)
    figures.add("p99 \(sizes)", ratio: median { $0.many.p99 / $0.few.p99 }, atMost: 2)
    figures.add("first page \(sizes)", ratio: median { $0.many.page / $0.few.page }, atMost: 1.5)
    figures.add("resident memory, idle", String(format: "%.0f MiB", idle))
    figures.add("resident memory after \(Self.fewConversations) conversations", String(format: "%.0f MiB", few.process.residentMiB))
    figures.add("resident memory after \(conversations) conversations", String(format: "%.0f MiB", many.process.residentMiB))
    figures.add("resident memory after \(conversations) conversations / idle", ratio: many.process.residentMiB / idle, atMost: 2)
    await client.close()
  }
}

/// Milliseconds of one round.
private struct Look {
  let p50: Double
  let p99: Double
  let page: Double
}

private struct Suite {
  let process: BenchProcess
  let peer: SuiteClient

  init(_ name: String, folder: String, executable: String, _ client: HTTPClient) throws {
    let port = 18_900 + Int.random(in: 0..<500)
    let token = "token-of-the-benchmark"
    let environment = ["PARLEY_META_APP_SECRET": AckBench.secret, "PARLEY_META_VERIFY_TOKEN": "verify", "PARLEY_ADMIN_TOKEN": token]
    let parley = URL(fileURLWithPath: executable).deletingLastPathComponent().appending(path: "parley").path
    process = try BenchProcess(
      parley, ["up", "--data", "\(folder)/\(name)", "--port", "\(port)"], environment: environment, log: "\(folder)/\(name).log")
    try process.wait(until: "Parley is at")
    peer = SuiteClient(client: client, url: "http://127.0.0.1:\(port)", token: token, secret: AckBench.secret)
  }

  func look(rate: Double) async throws -> Look {
    let pages = Percentiles(try await peer.pageMilliseconds(count: GrowthBench.pagesPerRound))
    let times = Percentiles(try await LatencyBench(peer: peer, webhooksPerSecond: rate).run())
    return Look(p50: times[0.5], p99: times[0.99], page: pages[0.5])
  }
}
