import ArgumentParser
import Launch
import ServiceKit

struct Up: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Runs all services in one process.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.reportingFailure {
      let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: true)
      try await Launch.run(settings, Suite.services) { port, secrets in Self.greet(settings, port, secrets) }
    }
  }

  /// Shows where to go, and the admin token once, when it was made.
  static func greet(_ settings: Settings, _ port: Int, _ secrets: Secrets) {
    Launch.say("Parley is at http://localhost:\(port)")
    if secrets.adminTokenIsNew {
      Launch.say(
        "Sign in with this key. It is shown only now, and kept in \(settings.dataFolder)/secrets/admin-token:\n  \(secrets.adminToken)")
    }
  }
}
