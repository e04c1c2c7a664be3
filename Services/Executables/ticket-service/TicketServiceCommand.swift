import ArgumentParser
import Launch
import TicketServiceApp

@main
struct TicketServiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket-service", abstract: "For now: follows the log, answers health and metrics, and does nothing else.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("ticket-service", options) { try TicketService.build($0) }
  }
}
