import Configuration
import Events
import Foundation
import SystemPackage

/// What the command line gives; it wins over the environment, which wins over the file.
public struct SettingsFlags: Sendable {
  public var data: String?
  public var port: Int?
  public var log: String?
  /// A file of `NAME=value` lines.
  public var settingsFile: String?

  public init(data: String? = nil, port: Int? = nil, log: String? = nil, settingsFile: String? = nil) {
    self.data = data
    self.port = port
    self.log = log
    self.settingsFile = settingsFile
  }
}

/// Reads ``Settings`` through swift-configuration and collects every fault.
public struct SettingsReader {
  private let config: ConfigReader
  private var faults: [SettingsFaults.Fault] = []

  private init(config: ConfigReader) { self.config = config }

  /// - Parameters:
  ///   - needsWebhooks: whether the process takes webhooks, and so must know the app's secret.
  ///   - needsSecrets: whether the workspace secret must be given: with Kafka all processes must have the same.
  public static func read(
    flags: SettingsFlags, environment: [String: String] = ProcessInfo.processInfo.environment, needsWebhooks: Bool
  ) async throws -> Settings {
    var given: [AbsoluteConfigKey: ConfigValue] = [:]
    if let data = flags.data { given[["parley", "data"]] = ConfigValue(.string(data), isSecret: false) }
    if let port = flags.port { given[["parley", "port"]] = ConfigValue(.string("\(port)"), isSecret: false) }
    if let log = flags.log { given[["parley", "log"]] = ConfigValue(.string(log), isSecret: false) }
    var providers: [any ConfigProvider] = [
      InMemoryProvider(values: given), EnvironmentVariablesProvider(environmentVariables: environment),
    ]
    if let file = flags.settingsFile ?? environment["PARLEY_SETTINGS"] {
      do {
        providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file)))
      } catch {
        throw SettingsFaults(faults: [.init(variable: "PARLEY_SETTINGS", problem: "the file \(file) cannot be read")])
      }
    }
    var reader = SettingsReader(config: ConfigReader(providers: providers))
    let settings = reader.settings(needsWebhooks: needsWebhooks)
    guard reader.faults.isEmpty else { throw SettingsFaults(faults: reader.faults) }
    return settings
  }

  private mutating func settings(needsWebhooks: Bool) -> Settings {
    let data = text("data") ?? "./data"
    let log = location(text("log") ?? "embedded:\(data)")
    let apps = apps(text("meta.app.secret"))
    if needsWebhooks && apps.isEmpty { fault("meta.app.secret", "is missing: webhooks cannot be verified without the app's secret") }
    let verifyToken = text("meta.verify.token")
    if needsWebhooks && verifyToken == nil { fault("meta.verify.token", "is missing: Meta asks for it when the webhook is set up") }
    var workspaceSecret = text("workspace.secret")
    if let secret = workspaceSecret, secret.count < Settings.minSecretCharacters {
      fault("workspace.secret", "must have at least \(Settings.minSecretCharacters) characters")
      workspaceSecret = nil
    }
    let adminToken = text("admin.token")
    if let token = adminToken, token.count < Settings.minSecretCharacters {
      fault("admin.token", "must have at least \(Settings.minSecretCharacters) characters")
    }
    if case .kafka = log {
      let why = "is missing: with Kafka every process must be given the same one"
      if workspaceSecret == nil { fault("workspace.secret", why) }
      if adminToken == nil { fault("admin.token", why) }
    }
    return Settings(
      log: log, dataFolder: data, host: text("host") ?? "127.0.0.1", port: number("port", 8_080, 0...65_535),
      workspace: WorkspaceId(text("workspace") ?? "main"), workspaceSecret: workspaceSecret, adminToken: adminToken, metaAppSecrets: apps,
      metaVerifyToken: verifyToken, ackTimeoutMilliseconds: number("ack.timeout.ms", 5_000, 50...60_000),
      sessionTimeoutMilliseconds: number("session.timeout.ms", 10_000, 1_000...300_000),
      partitions: Int32(number("partitions", 12, 1...1_024)),
      maxBodyBytes: number("max.body.bytes", Topics.maxWebhookBytes, 1_024...Topics.maxWebhookBytes),
      kafka: kafka(), logLevel: oneOf("log.level", ["trace", "debug", "info", "notice", "warning", "error"], "info"))
  }

  private mutating func kafka() -> KafkaSecurity {
    var security = KafkaSecurity()
    security.tls = oneOf("kafka.tls", ["true", "false"], "false") == "true"
    security.caFile = file("kafka.ca.file")
    security.certificateFile = file("kafka.certificate.file")
    security.keyFile = file("kafka.key.file")
    if let name = text("kafka.sasl.mechanism") {
      security.mechanism = KafkaSecurity.Mechanism(rawValue: name)
      if security.mechanism == nil {
        fault("kafka.sasl.mechanism", "must be one of \(KafkaSecurity.Mechanism.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      security.user = text("kafka.user")
      security.password = text("kafka.password")
      if security.user == nil { fault("kafka.user", "is missing: PARLEY_KAFKA_SASL_MECHANISM is set") }
      if security.password == nil { fault("kafka.password", "is missing: PARLEY_KAFKA_SASL_MECHANISM is set") }
    }
    security.replicationFactor = number("kafka.replication", 1, 1...9)
    for pair in (text("kafka.extra") ?? "").split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      if sides.count == 2 {
        security.extra[String(sides[0])] = String(sides[1])
      } else {
        fault("kafka.extra", "must be name=value,name=value")
      }
    }
    return security
  }

  private mutating func location(_ text: String) -> LogLocation {
    if text.hasPrefix("embedded:"), text.count > "embedded:".count { return .embedded(folder: String(text.dropFirst("embedded:".count))) }
    if text.hasPrefix("kafka://") {
      let servers = text.dropFirst("kafka://".count).split(separator: ",").map(String.init)
      let isValid = !servers.isEmpty && servers.allSatisfy { UInt16($0.split(separator: ":").last ?? "") != nil && $0.contains(":") }
      if isValid { return .kafka(servers: servers) }
    }
    fault("log", "must be embedded:FOLDER or kafka://HOST:PORT,HOST:PORT, but is \(text)")
    return .embedded(folder: "")
  }

  private mutating func apps(_ text: String?) -> [MetaApp] {
    guard let text else { return [] }
    let apps = text.split(separator: ",").map { part in
      let sides = part.split(separator: "=", maxSplits: 1)
      return sides.count == 2 ? MetaApp(name: String(sides[0]), secret: String(sides[1])) : MetaApp(name: "default", secret: String(part))
    }
    if apps.count > Settings.maxApps { fault("meta.app.secret", "names \(apps.count) secrets; at most \(Settings.maxApps) are tried") }
    return apps
  }

  // MARK: - Values

  private func text(_ key: String) -> String? {
    let value = config.string(forKey: ConfigKey("parley.\(key)"))
    return value?.isEmpty == true ? nil : value
  }

  private mutating func number(_ key: String, _ standard: Int, _ range: ClosedRange<Int>) -> Int {
    guard let text = text(key) else { return standard }
    if let number = Int(text), range.contains(number) { return number }
    fault(key, "must be a number from \(range.lowerBound) to \(range.upperBound), but is \(text)")
    return standard
  }

  private mutating func oneOf(_ key: String, _ values: [String], _ standard: String) -> String {
    guard let text = text(key) else { return standard }
    if values.contains(text) { return text }
    fault(key, "must be one of \(values.joined(separator: ", ")), but is \(text)")
    return standard
  }

  private mutating func file(_ key: String) -> String? {
    guard let path = text(key) else { return nil }
    if !FileManager.default.isReadableFile(atPath: path) { fault(key, "the file \(path) cannot be read") }
    return path
  }

  private mutating func fault(_ key: String, _ problem: String) {
    let variable = "PARLEY_" + key.uppercased().replacing(".", with: "_")
    faults.append(.init(variable: variable, problem: problem))
  }
}
