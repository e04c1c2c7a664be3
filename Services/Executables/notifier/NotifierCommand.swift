import ArgumentParser
import Launch
import NotifierApp

@main
struct NotifierCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notifier", abstract: "For now: follows the log, answers health and metrics, and does nothing else.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("notifier", options) { try Notifier.build($0) }
  }
}
