import ArgumentParser
import EventLog
import Events
import Foundation
import Logging
import ServiceKit

/// The flags that every executable takes.
public struct ServiceOptions: ParsableArguments, Sendable {
  @Option(help: "The data folder: views, slots, secrets (PARLEY_DATA; default ./data).")
  public var data: String?

  @Option(help: "The port to listen on (PARLEY_PORT; default 8080).")
  public var port: Int?

  @Option(help: "The event log: embedded:FOLDER or kafka://HOST:PORT,HOST:PORT (PARLEY_LOG; default embedded:DATA).")
  public var log: String?

  @Option(help: "A file of NAME=value lines with settings; the environment wins over it (PARLEY_SETTINGS).")
  public var settings: String?

  public init() {}

  public var flags: SettingsFlags { SettingsFlags(data: data, port: port, log: log, settingsFile: settings) }
}

/// Starts a process of the suite; every executable's `main` is a call of this.
public enum Launch {
  public typealias Build = @Sendable (Platform) throws -> ServiceParts

  /// One service by itself, on Kafka.
  public static func single(_ name: String, _ options: ServiceOptions, needsWebhooks: Bool = false, _ build: @escaping Build) async throws {
    try await reportingFailure {
      let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: needsWebhooks)
      if case .embedded = settings.log {
        throw LogError.unusable(
          "\(name) alone cannot use an embedded log, which belongs to one process: run `parley up`, or set PARLEY_LOG=kafka://HOST:PORT")
      }
      try await run(settings, [build])
    }
  }

  /// Several services in this process.
  public static func run(
    _ settings: Settings, _ builds: [Build], onReady: @escaping @Sendable (Int, Secrets) async -> Void = { _, _ in }
  ) async throws {
    let logger = bootstrap(settings)
    let secrets = try Secrets(settings: settings)
    let log = try LogDrivers.open(settings, logger: logger)
    try await BlockingThread.run(named: "log") { try waitForTopics(log, logger) }
    let platform = Platform(settings: settings, secrets: secrets, log: log, logger: logger)
    let parts = try builds.map { try $0(platform) }
    logger.info("starting", metadata: ["services": "\(parts.map(\.name).joined(separator: ", "))", "log": "\(platform.log.name)"])
    try await Host(platform: platform, parts: parts) { port in
      logger.info("listening", metadata: ["address": "http://\(settings.host):\(port)"])
      await onReady(port, secrets)
    }.run()
  }

  /// A broker that is away at the start is waited for, however long: it may be on its way up, like us.
  private static func waitForTopics(_ log: any EventLog, _ logger: Logger) throws {
    while true {
      do {
        let present = try log.topics()
        guard let missing = Topics.all.first(where: { present[$0.name] == nil }) else { return }
        throw LogError.unknownTopic(missing.name)
      } catch let error as LogError where error.isRetriable {
        logger.warning("waiting for the event log", metadata: ["log": "\(log.name)", "reason": "\(error)"])
        Thread.sleep(forTimeInterval: logRetrySeconds)
      }
    }
  }

  private static let logRetrySeconds = 2.0

  /// Logs go to stderr, metrics to `/metrics`.
  public static func bootstrap(_ settings: Settings) -> Logger {
    MetricsRegistry.bootstrap()
    var logger = Logger(label: "parley") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
    return logger
  }

  /// Tells the person who started the process something at once, also where the output goes to a file.
  public static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// Ends the process with what a person can act on, instead of a trace.
  public static func reportingFailure(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as SettingsFaults {
      throw CleanFailure(text: error.description)
    } catch let error as LogError {
      throw CleanFailure(text: error.description)
    }
  }
}

/// An error that ArgumentParser prints as it is, with exit code 1.
public struct CleanFailure: Error, LocalizedError, CustomStringConvertible {
  public let text: String
  public init(text: String) { self.text = text }
  public var description: String { text }
  public var errorDescription: String? { text }
}
