import ArgumentParser
import Foundation
import Launch
import Outbound
import ServiceKit
import SimulatedMeta

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs all services, and a simulated Meta whose customers write to them.",
    discussion: "The simulated Meta signs its webhooks and sends them over HTTP, as the real one does. A second start keeps the data.")

  /// The simulated app's secret; it protects nothing but the demonstration.
  static let appSecret = "demo-app-secret-of-the-simulated-meta"
  static let bodiesPerSecond = 0.7
  static let customers = 40

  @OptionGroup var options: ServiceOptions

  @Flag(help: "No customers: only what is sent from outside.")
  var quiet = false

  func run() async throws {
    try await Launch.reportingFailure {
      var environment = ProcessInfo.processInfo.environment
      environment["PARLEY_META_APP_SECRET"] = environment["PARLEY_META_APP_SECRET"] ?? Self.appSecret
      environment["PARLEY_META_VERIFY_TOKEN"] = environment["PARLEY_META_VERIFY_TOKEN"] ?? "demo-verify-token"
      let settings = try await SettingsReader.read(flags: options.flags, environment: environment, needsWebhooks: true)
      let secret = settings.metaAppSecrets[0].secret
      try await withThrowingTaskGroup { group in
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        group.addTask {
          try await Launch.run(settings, Suite.services) { number, secrets in
            Launch.say("Parley is at http://localhost:\(number)")
            Launch.say("Sign in with this key: \(secrets.adminToken)")
            port.yield(number)
          }
        }
        if !quiet {
          group.addTask {
            for await number in ports { try await Self.customersWrite(to: "http://127.0.0.1:\(number)", secret: secret) }
          }
        }
        // The first to end is the suite, stopped by a signal or by an error: the customers then stop too.
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  /// Sends without an end, each hour with a seed of its own.
  private static func customersWrite(to url: String, secret: String) async throws {
    let client = try HTTPClient()
    defer { Task { await client.close() } }
    while !Task.isCancelled {
      let start = Int(Date().timeIntervalSince1970)
      let plan = TrafficPlan(
        seed: UInt64(start / 3_600), customers: customers, deliveries: Int(bodiesPerSecond * 3_600), startsAt: start,
        bodiesPerSecond: bodiesPerSecond, duplicatePercent: 3, shufflePercent: 3)
      let settings = WebhookSender.Settings(url: url + "/webhooks/whatsapp", appSecret: secret, bodiesPerSecond: bodiesPerSecond)
      _ = try await WebhookSender(client, settings).send(Traffic(plan))
    }
  }
}
