import Foundation

/// How many webhooks are acknowledged a second, against a server that answers a POST with no work. Both in turn, several rounds, so that
/// what else the machine does hits both alike.
struct AckBench {
  static let rounds = 5
  static let secondsPerRound = 3
  static let secret = "secret-of-the-benchmark-app"

  let folder: String
  let executable: String
  /// The environment of the log: `PARLEY_LOG` and what belongs to it.
  let environment: [String: String]

  /// - Returns: acknowledged webhooks a second, and their ratio to no work; of each the median of the rounds.
  func run() throws -> (rate: Double, ratio: Double) {
    var environment = environment
    environment["PARLEY_META_APP_SECRET"] = Self.secret
    environment["PARLEY_META_VERIFY_TOKEN"] = "verify"
    environment["PARLEY_ADMIN_TOKEN"] = "token-of-the-benchmark"
    environment["PARLEY_WORKSPACE_SECRET"] = "workspace-secret-of-the-benchmark"
    let port = 18_300 + Int.random(in: 0..<500)
    let server = try BenchProcess(
      executable, ["serve", "--data", folder + "/data", "--port", "\(port)"], environment: environment, log: folder + "/serve.log")
    defer { server.end() }
    try server.wait(until: "listening on")
    let load = Load(folder: folder, secret: Self.secret)
    let base = "http://127.0.0.1:\(port)"
    _ = try load.requestsPerSecond(base + "/no-work", seconds: 1)
    _ = try load.requestsPerSecond(base + "/webhooks/whatsapp", seconds: 1)
    var rates: [Double] = []
    var ratios: [Double] = []
    for _ in 0..<Self.rounds {
      let idle = try load.requestsPerSecond(base + "/no-work", seconds: Self.secondsPerRound)
      let acknowledged = try load.requestsPerSecond(base + "/webhooks/whatsapp", seconds: Self.secondsPerRound)
      rates.append(acknowledged)
      ratios.append(acknowledged / idle)
    }
    return (Percentiles(rates)[0.5], Percentiles(ratios)[0.5])
  }
}
