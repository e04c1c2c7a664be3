import Foundation

/// How many webhooks are acknowledged a second, against a server that answers a POST with no work. Both in turn, several rounds, so that
/// what else the machine does hits both alike.
struct AckBench {
  static let rounds = 5
  static let secondsPerRound = 3
  static let secret = "secret-of-the-benchmark-app"

  let name: String
  let demanded: Double
  let folder: String
  let executable: String
  /// The environment of the log: `PARLEY_LOG` and what belongs to it.
  let environment: [String: String]

  /// Of everything the median of the rounds.
  func run(_ figures: inout Figures) throws {
    var environment = environment
    environment["PARLEY_META_APP_SECRET"] = Self.secret
    environment["PARLEY_META_VERIFY_TOKEN"] = "verify"
    environment["PARLEY_ADMIN_TOKEN"] = "token-of-the-benchmark"
    environment["PARLEY_WORKSPACE_SECRET"] = "workspace-secret-of-the-benchmark"
    if environment["PARLEY_LOG"]?.hasPrefix("kafka:") == true { try createTopics(environment) }
    let port = 18_300 + Int.random(in: 0..<500)
    let server = try BenchProcess(
      executable, ["serve", "--data", folder + "/data", "--port", "\(port)"], environment: environment, log: folder + "/serve.log")
    defer { server.end() }
    try server.wait(until: "listening on")
    let load = Load(folder: folder, secret: Self.secret)
    let base = "http://127.0.0.1:\(port)"
    _ = try load.requestsPerSecond(base + "/no-work", seconds: 1)
    _ = try load.requestsPerSecond(base + "/webhooks/whatsapp", seconds: 1)
    var rounds: [(rate: Double, ratio: Double, costRatio: Double)] = []
    for _ in 0..<Self.rounds {
      let idle = try measure(base + "/no-work", load, server)
      let acknowledged = try measure(base + "/webhooks/whatsapp", load, server)
      rounds.append((acknowledged.rate, acknowledged.rate / idle.rate, idle.cost / acknowledged.cost))
    }
    func median(_ value: ((rate: Double, ratio: Double, costRatio: Double)) -> Double) -> Double { Percentiles(rounds.map(value))[0.5] }
    figures.add("webhooks acknowledged a second, \(name)", String(format: "%.0f", median { $0.rate }))
    figures.add("acknowledgement / no work, \(name)", ratio: median { $0.ratio }, atLeast: demanded)
    figures.add("the same by the server's own processor time, \(name)", String(format: "%.2f", median { $0.costRatio }))
  }

  /// - Returns: answers a second, and the server's processor seconds for each.
  private func measure(_ url: String, _ load: Load, _ server: BenchProcess) throws -> (rate: Double, cost: Double) {
    let before = server.processorSeconds
    let rate = try load.requestsPerSecond(url, seconds: Self.secondsPerRound)
    return (rate, (server.processorSeconds - before) / (rate * Double(Self.secondsPerRound)))
  }

  private func createTopics(_ environment: [String: String]) throws {
    let parley = URL(fileURLWithPath: executable).deletingLastPathComponent().appending(path: "parley").path
    let process = try BenchProcess(parley, ["topics", "create"], environment: environment, log: folder + "/topics.log")
    try process.wait(until: "are there")
  }
}
