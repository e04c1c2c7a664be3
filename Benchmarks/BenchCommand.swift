import ArgumentParser
import Foundation

@main
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parley-bench", abstract: "Measures Parley, as ratios within one run. Start it by scripts/bench.",
    subcommands: [RunAll.self, Serve.self], defaultSubcommand: RunAll.self)
}

struct RunAll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run")

  @Option(help: "A Kafka-wire broker, HOST:PORT.") var kafka: String?
  @Option(help: "Conversations that are stored for the large figures.") var conversations = 20_000

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parley-bench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let executable = CommandLine.arguments[0]
    var figures = Figures()

    let embedded = try AckBench(folder: folder, executable: executable, environment: ["PARLEY_LOG": "embedded:\(folder)/log"]).run()
    figures.add("webhooks acknowledged a second, embedded log", String(format: "%.0f", embedded.rate))
    figures.add("embedded acknowledgement / no work", ratio: embedded.ratio, atLeast: 0.5)
    if let kafka {
      let environment = ["PARLEY_LOG": "kafka://\(kafka)", "PARLEY_KAFKA_EXTRA": "receive.message.max.bytes=1000000000"]
      let broker = try AckBench(folder: folder, executable: executable, environment: environment).run()
      figures.add("webhooks acknowledged a second, Kafka-wire broker", String(format: "%.0f", broker.rate))
      figures.add("Kafka-wire acknowledgement / no work", ratio: broker.ratio, atLeast: 0.6)
    }
    try FoldBench(folder: folder).run(&figures)
    try await GrowthBench(folder: folder, executable: executable, conversations: conversations).run(&figures)
    print(figures.markdown)
    if figures.rows.contains(where: { !$0.holds }) { throw ExitCode(1) }
  }
}
