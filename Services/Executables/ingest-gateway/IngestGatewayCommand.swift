import ArgumentParser
import IngestGatewayApp
import Launch

@main
struct IngestGatewayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest-gateway", abstract: "Takes signed webhooks into the log and turns them into messages, statuses and changes.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("ingest-gateway", options, needsWebhooks: true) { try IngestGateway.build($0) }
  }
}
