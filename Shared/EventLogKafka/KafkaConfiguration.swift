import CRdKafka
import EventLog

/// The librdkafka properties of one handle, from the settings and what the handle is for.
struct KafkaConfiguration {
  enum Role {
    /// Appends: idempotent, batched.
    case appender
    /// A step's producer.
    case transactional(StepSettings)
    /// A step's consumer.
    case member(StepSettings)
    case follower
    /// Asks about offsets, topics and groups.
    case query(Isolation)
  }

  /// The largest record that any client of ours sends, framing included. A topic may take less.
  static let maxRecordBytes = 8 << 20
  /// Records waiting for their acknowledgement; beyond either bound an append is refused.
  static let maxQueuedRecords = 100_000
  static let maxQueuedKilobytes = 128 << 10
  /// Fetched and not yet polled, for each connection.
  static let maxFetchedKilobytes = 16 << 10
  static let lingerMilliseconds = 1
  static let maxReconnectBackoffMilliseconds = 1_000

  let settings: KafkaSettings
  let role: Role

  var properties: [(name: String, value: String)] {
    common + security + ofRole + settings.extra.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private var common: [(String, String)] {
    [
      ("bootstrap.servers", settings.bootstrapServers.joined(separator: ",")),
      ("client.id", "parley"),
      ("log.connection.close", "false"),
      ("socket.keepalive.enable", "true"),
      ("socket.nagle.disable", "true"),
      ("reconnect.backoff.ms", "50"),
      ("reconnect.backoff.max.ms", "\(Self.maxReconnectBackoffMilliseconds)"),
      ("message.max.bytes", "\(Self.maxRecordBytes)"),
    ]
  }

  private var security: [(String, String)] {
    var list = [("security.protocol", settings.security.protocolName)]
    if let tls = settings.security.tls {
      if let file = tls.caFile { list.append(("ssl.ca.location", file)) }
      if let file = tls.certificateFile { list.append(("ssl.certificate.location", file)) }
      if let file = tls.keyFile { list.append(("ssl.key.location", file)) }
      list.append(("ssl.endpoint.identification.algorithm", "https"))
    }
    if let login = settings.security.login {
      list += [("sasl.mechanisms", login.mechanism.rawValue), ("sasl.username", login.user), ("sasl.password", login.password)]
    }
    return list
  }

  private var ofRole: [(String, String)] {
    switch role {
    case .appender:
      let timeout = settings.ackTimeoutMilliseconds
      return producing + [
        ("linger.ms", "\(Self.lingerMilliseconds)"),
        ("message.timeout.ms", "\(timeout)"),
        ("request.timeout.ms", "\(timeout)"),
        ("socket.timeout.ms", "\(max(timeout, 1_000))"),
        // A topic that is not there is reported as such, not as a time-out.
        ("topic.metadata.propagation.max.ms", "\(timeout / 2)"),
      ]
    case .transactional(let step):
      return producing + [
        ("transactional.id", step.memberId),
        ("transaction.timeout.ms", "\(step.transactionTimeoutMilliseconds)"),
        ("topic.metadata.propagation.max.ms", "\(step.transactionTimeoutMilliseconds / 2)"),
        ("linger.ms", "0"),
      ]
    case .member(let step):
      return fetching + [
        ("group.id", step.group),
        ("group.instance.id", step.memberId),
        ("partition.assignment.strategy", "range"),
        ("session.timeout.ms", "\(step.sessionTimeoutMilliseconds)"),
        ("heartbeat.interval.ms", "\(min(3_000, max(100, step.sessionTimeoutMilliseconds / 4)))"),
      ]
    case .follower:
      // librdkafka demands a group to assign partitions; nothing is ever committed to it.
      return fetching + [("group.id", "parley-follower"), ("enable.partition.eof", "true")]
    case .query(let isolation):
      return [("isolation.level", isolation == .readCommitted ? "read_committed" : "read_uncommitted")]
    }
  }

  private var producing: [(String, String)] {
    [
      ("enable.idempotence", "true"),
      ("acks", "all"),
      ("partitioner", "murmur2_random"),
      ("allow.auto.create.topics", "false"),
      ("queue.buffering.max.messages", "\(Self.maxQueuedRecords)"),
      ("queue.buffering.max.kbytes", "\(Self.maxQueuedKilobytes)"),
    ]
  }

  private var fetching: [(String, String)] {
    [
      ("isolation.level", "read_committed"),
      ("auto.offset.reset", "error"),
      ("enable.auto.commit", "false"),
      ("enable.auto.offset.store", "false"),
      ("queued.max.messages.kbytes", "\(Self.maxFetchedKilobytes)"),
      ("fetch.max.bytes", "\(Self.maxFetchedKilobytes << 10)"),
      // Before 2.2 this is also how long a fetcher rests when the queue is full.
      ("fetch.error.backoff.ms", "50"),
    ]
  }
}

extension KafkaConfiguration {
  /// A configuration for `rd_kafka_new`, which takes it over; the caller destroys it otherwise.
  func makeConf() throws -> OpaquePointer {
    guard let conf = rd_kafka_conf_new() else { throw LogError.unusable("librdkafka has no memory") }
    var text = [CChar](repeating: 0, count: 512)
    for (name, value) in properties where rd_kafka_conf_set(conf, name, value, &text, text.count) != RD_KAFKA_CONF_OK {
      rd_kafka_conf_destroy(conf)
      // librdkafka's text may hold the value, and the value may be a password.
      throw LogError.unusable("the Kafka property \(name) cannot be set\(name == "sasl.password" ? "" : ": " + string(text))")
    }
    return conf
  }
}

/// The text of a C buffer.
func string(_ buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
