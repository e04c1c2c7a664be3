import ArgumentParser
import Launch
import IngestGatewayApp

@main
struct IngestGatewayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest-gateway", abstract: "Takes webhooks, and turns them into records of our own shape.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("ingest-gateway", options, needsWebhooks: true) { try IngestGateway.build($0) }
  }
}
