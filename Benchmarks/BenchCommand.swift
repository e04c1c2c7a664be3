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

  @Option(help: "A Kafka-wire broker, HOST:PORT.") var kafka: String?
  @Option(help: "Conversations that are stored for the large figures.") var conversations = 20_000
  @Option(name: .customLong("only"), help: "Only this part; may be given again.") var parts = Part.allCases

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parley-bench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let executable = CommandLine.arguments[0]
    var figures = Figures()

    if parts.contains(.embedded) {
      try AckBench(
        name: "embedded log", demanded: 0.5, folder: folder, executable: executable, environment: ["PARLEY_LOG": "embedded:\(folder)/log"]
      ).run(&figures)
    }
    if let kafka, parts.contains(.kafka) {
      let environment = ["PARLEY_LOG": "kafka://\(kafka)", "PARLEY_KAFKA_EXTRA": "receive.message.max.bytes=1000000000"]
      try AckBench(name: "Kafka-wire broker", demanded: 0.6, folder: folder, executable: executable, environment: environment).run(&figures)
    }
    if parts.contains(.fold) { try FoldBench(folder: folder).run(&figures) }
    if parts.contains(.growth) {
      try await GrowthBench(folder: folder, executable: executable, conversations: conversations).run(&figures)
    }
    print(figures.markdown)
    if figures.rows.contains(where: { !$0.holds }) { throw ExitCode(1) }
  }
}
