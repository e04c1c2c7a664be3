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

  enum Part: String, CaseIterable, ExpressibleByArgument { case embedded, kafka, fold, growth }

  @Option(help: "A Kafka-wire broker, HOST:PORT, with the topics of `parley topics create`.") var kafka: String?
  @Option(help: "Conversations that are stored for the large figures.") var conversations = 20_000
  @Option(name: .customLong("only"), help: "Only this part; may be given again.") var parts = Part.allCases

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parley-bench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let executable = CommandLine.arguments[0]
    var figures = Figures()

    if parts.contains(.embedded) {
      let bench = AckBench(folder: folder, executable: executable, environment: ["PARLEY_LOG": "embedded:\(folder)/log"])
      let (rate, ratio) = try bench.run()
      figures.add("webhooks acknowledged a second, embedded log", String(format: "%.0f", rate))
      figures.add("embedded acknowledgement / no work", ratio: ratio, atLeast: 0.5)
    }
    if let kafka, parts.contains(.kafka) {
      let environment = ["PARLEY_LOG": "kafka://\(kafka)", "PARLEY_KAFKA_EXTRA": "receive.message.max.bytes=1000000000"]
      let (rate, ratio) = try AckBench(folder: folder, executable: executable, environment: environment).run()
      figures.add("webhooks acknowledged a second, Kafka-wire broker", String(format: "%.0f", rate))
      figures.add("Kafka-wire acknowledgement / no work", ratio: ratio, atLeast: 0.6)
    }
    if parts.contains(.fold) { try FoldBench(folder: folder).run(&figures) }
    if parts.contains(.growth) {
      try await GrowthBench(folder: folder, executable: executable, conversations: conversations).run(&figures)
    }
    print(figures.markdown)
    if figures.rows.contains(where: { !$0.holds }) { throw ExitCode(1) }
  }
}
