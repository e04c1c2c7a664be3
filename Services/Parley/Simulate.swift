import ArgumentParser
import Foundation
import Launch
import SimulatedMeta

struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sends realistic signed webhooks to a running Parley and compares what it stored with what was sent.",
    discussion: """
      The same seed and start give the same bytes. Exit code 1 where the store differs from the tally. Whatever else writes meanwhile \
      counts as a difference: start the suite with `parley up`, or `parley demo --quiet`.
      """)

  @Option(help: "Where Parley is.") var url = "http://localhost:8080"
  @Option(help: "Where the ingest gateway is, if it listens elsewhere: it gets the webhooks and is asked for its counts.")
  var gatewayUrl: String?
  @Option(help: "How many customers write.") var customers = 50
  @Option(help: "Webhook bodies a second.") var rate = 20.0
  @Option(help: "Seconds.") var duration = 30
  @Option(help: "The seed of the traffic.") var seed: UInt64 = 1
  @Option(help: "Of a hundred bodies, how many are delivered again.") var duplicatePercent = 5
  @Option(help: "Of a hundred bodies, how many are overtaken by later ones.") var shufflePercent = 5
  @Option(help: "Unix seconds of the first message; the present by default, so that each run has messages of its own.")
  var startsAt: Int?
  @Flag(help: "The same seed and start were sent to this store before.") var repeated = false
  @Option(help: "The secret of the Meta app (PARLEY_META_APP_SECRET).") var appSecret: String?
  @Option(help: "A key of the API (PARLEY_ADMIN_TOKEN, or what a data folder keeps).") var token: String?
  @Option(help: "The data folder whose admin token to use, if none is given.") var data = "./data"

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let keptToken = try? String(contentsOfFile: "\(data)/secrets/admin-token", encoding: .utf8)
    guard let token = token ?? environment["PARLEY_ADMIN_TOKEN"] ?? keptToken else {
      throw CleanFailure(text: "A key is needed: --token, PARLEY_ADMIN_TOKEN, or --data with the folder of the suite.")
    }
    var options = SimulateOptions(
      baseURL: url, appSecret: appSecret ?? environment["PARLEY_META_APP_SECRET"] ?? Demo.appSecret, token: token,
      startsAt: startsAt ?? Int(Date().timeIntervalSince1970))
    options.gatewayURL = gatewayUrl
    options.customers = customers
    options.bodiesPerSecond = rate
    options.durationSeconds = duration
    options.seed = seed
    options.duplicatePercent = duplicatePercent
    options.shufflePercent = shufflePercent
    options.isRepeat = repeated
    let bar = ProgressBar()
    let outcome = try await simulate(options) { bar.show($0.fraction, "\($0.sending.acknowledged) bodies, \($0.sending.retries) retries") }
    bar.end()
    print(outcome.check.table)
    if !outcome.check.agrees { throw ExitCode(1) }
  }
}

/// One line on a terminal that fills up; on anything else it is silent.
struct ProgressBar {
  static let width = 40

  private let isTerminal = isatty(STDERR_FILENO) == 1

  func show(_ fraction: Double, _ text: String) {
    guard isTerminal else { return }
    let filled = Int(fraction * Double(Self.width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    FileHandle.standardError.write(Data("\r\(bar) \(Int(fraction * 100)) %  \(text)\u{1b}[K".utf8))
  }

  func end() {
    if isTerminal { FileHandle.standardError.write(Data("\n".utf8)) }
  }
}
