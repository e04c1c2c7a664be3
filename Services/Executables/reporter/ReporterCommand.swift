import ArgumentParser
import Launch
import ReporterApp

@main
struct ReporterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reporter", abstract: "For now: follows the log, answers health and metrics, and does nothing else.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("reporter", options) { try Reporter.build($0) }
  }
}
