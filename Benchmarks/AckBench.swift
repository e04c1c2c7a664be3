import Foundation

/// How many webhooks are acknowledged a second, against a server that answers a POST with no work. Both in turn, several rounds, so that
/// what else the machine does hits both alike.
struct AckBench {
  static let rounds = 3
  static let secondsPerRound = 4
  static let secret = "secret-of-the-benchmark-app"

  let folder: String
  let executable: String
  /// The environment of the log: `PARLEY_LOG` and what belongs to it.
  let environment: [String: String]

  /// - Returns: acknowledged webhooks a second, and the ratio to no work.
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
    var idle: [Double] = []
    var acknowledged: [Double] = []
    for _ in 0..<Self.rounds {
      idle.append(try load.requestsPerSecond(base + "/no-work", seconds: Self.secondsPerRound))
      acknowledged.append(try load.requestsPerSecond(base + "/webhooks/whatsapp", seconds: Self.secondsPerRound))
    }
    let rate = Percentiles(acknowledged)[0.5]
    return (rate, rate / Percentiles(idle)[0.5])
  }
}
