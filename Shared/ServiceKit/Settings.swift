import EventLog
import Events
import Foundation

/// Where the event log is.
public enum LogLocation: Sendable, Hashable {
  /// One SQLite file in this folder; all services in one process.
  case embedded(folder: String)
  /// A Kafka-wire cluster, `host:port` of its first servers.
  case kafka(servers: [String])
}

/// All settings of a process, read once and checked. What is wrong is listed at once (``SettingsFaults``).
public struct Settings: Sendable {
  public var log: LogLocation
  public var dataFolder: String
  public var host: String
  public var port: Int
  public var workspace: WorkspaceId
  /// Nil until ``Secrets`` has read or made them.
  public var workspaceSecret: String?
  public var adminToken: String?
  public var metaAppSecrets: [MetaApp]
  public var metaVerifyToken: String?
  /// How long an append may wait for the log before the caller is told to come again.
  public var ackTimeoutMilliseconds: Int
  public var sessionTimeoutMilliseconds: Int
  /// Partitions of every topic; fixed when the topics are made.
  public var partitions: Int32
  public var maxBodyBytes: Int
  public var kafka: KafkaSecurity
  public var logLevel: String

  public static let maxApps = 16
  /// Shorter secrets could be found by trying.
  public static let minSecretCharacters = 16
}

/// A Meta app and the secret with which it signs webhooks. Several may be named, also two of one app while a secret is changed.
public struct MetaApp: Sendable, Hashable {
  public let name: String
  public let secret: String

  public init(name: String, secret: String) {
    self.name = name
    self.secret = secret
  }
}

extension MetaApp: CustomStringConvertible {
  public var description: String { "\(name) (secret hidden)" }
}

/// How the Kafka cluster is reached.
public struct KafkaSecurity: Sendable, Hashable {
  public enum Mechanism: String, Sendable, CaseIterable {
    case plain = "PLAIN"
    case scramSha256 = "SCRAM-SHA-256"
    case scramSha512 = "SCRAM-SHA-512"
  }

  public var tls = false
  public var caFile: String?
  public var certificateFile: String?
  public var keyFile: String?
  public var mechanism: Mechanism?
  public var user: String?
  public var password: String?
  public var replicationFactor = 1
  /// Extra librdkafka properties, for what has no setting of its own: `name=value,name=value`.
  public var extra: [String: String] = [:]
}

/// Everything that is wrong with the settings, each with the variable's name.
public struct SettingsFaults: Error, CustomStringConvertible, Sendable {
  public struct Fault: Sendable, Hashable {
    public let variable: String
    public let problem: String
  }

  public let faults: [Fault]

  public var description: String {
    "These settings are missing or wrong:\n" + faults.map { "  \($0.variable): \($0.problem)" }.joined(separator: "\n")
  }
}
