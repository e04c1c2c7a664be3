import ArgumentParser
import HTTPKit
import IngestGatewayApp
import Launch
import ServiceKit

/// The servers that are measured against each other: the webhook route as it is, and one that does no work.
struct Serve: AsyncParsableCommand {
  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.reportingFailure {
      let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: true)
      // Routes only: what is measured is the way to the acknowledgement, not what follows it.
      try await Launch.run(
        settings,
        [
          { platform in
            let gateway = try IngestGateway.build(platform)
            return ServiceParts(name: "bench", routes: gateway.routes + [Self.noWork])
          }
        ]
      ) { port, _ in Launch.say("listening on \(port)") }
    }
  }

  /// Takes a body and answers, no more.
  static let noWork = Route(.post, "/no-work", access: .open) { call in
    _ = try await call.body(maxBytes: 4 << 20)
    return .text("")
  }
}
