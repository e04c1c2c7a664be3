import EventLog

/// How to reach a Kafka-wire cluster, and what to ask of it.
public struct KafkaSettings: Sendable, Hashable {
  /// Whether the broker proves who it is, and how this client does.
  public struct Security: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// `nil`: plain text.
    public var tls: TLS?
    public var login: Login?

    public init(tls: TLS? = nil, login: Login? = nil) {
      self.tls = tls
      self.login = login
    }

    public var description: String { protocolName }
    public var customMirror: Mirror { Mirror(self, children: ["protocol": protocolName]) }

    /// librdkafka's name for the combination.
    var protocolName: String {
      switch (tls, login) {
      case (nil, nil): "plaintext"
      case (.some, nil): "ssl"
      case (nil, .some): "sasl_plaintext"
      case (.some, .some): "sasl_ssl"
      }
    }
  }

  /// Paths of PEM files. Without `caFile` the system's authorities are trusted.
  public struct TLS: Sendable, Hashable {
    public var caFile: String?
    public var certificateFile: String?
    public var keyFile: String?

    public init(caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
      self.caFile = caFile
      self.certificateFile = certificateFile
      self.keyFile = keyFile
    }
  }

  public enum Mechanism: String, Sendable, CaseIterable {
    case plain = "PLAIN"
    case scramSha256 = "SCRAM-SHA-256"
    case scramSha512 = "SCRAM-SHA-512"
  }

  /// A SASL login. The password stays out of every description and mirror.
  public struct Login: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    public let mechanism: Mechanism
    public let user: String
    let password: String

    public init(mechanism: Mechanism, user: String, password: String) {
      self.mechanism = mechanism
      self.user = user
      self.password = password
    }

    public var description: String { "\(mechanism.rawValue) as \(user)" }
    public var customMirror: Mirror { Mirror(self, children: ["mechanism": mechanism, "user": user]) }
  }

  /// `host:port`, at least one.
  public let bootstrapServers: [String]
  public var security: Security
  /// How long an append waits for all in-sync replicas before it is ``LogError/unavailable(_:)``.
  public var ackTimeoutMilliseconds: Int
  /// The same for every question to the brokers: offsets, topics, joining a transaction.
  public var requestTimeoutMilliseconds: Int
  /// Copies of each partition of the topics that this driver creates.
  public var replicationFactor: Int
  /// librdkafka properties, set last. For tests and for what has no setting of its own.
  public var extra: [String: String]

  public init(
    bootstrapServers: [String], security: Security = Security(), ackTimeoutMilliseconds: Int = 5_000,
    requestTimeoutMilliseconds: Int = 10_000, replicationFactor: Int = 1, extra: [String: String] = [:]
  ) {
    self.bootstrapServers = bootstrapServers
    self.security = security
    self.ackTimeoutMilliseconds = ackTimeoutMilliseconds
    self.requestTimeoutMilliseconds = requestTimeoutMilliseconds
    self.replicationFactor = replicationFactor
    self.extra = extra
  }
}
