import CRdKafka
import EventLog
import Logging

/// The event log on any cluster that speaks Kafka's protocol.
///
/// Every call but ``append(_:)`` blocks, for at most the time-outs of ``KafkaSettings``: call them from a thread of their own.
public final class KafkaLog: EventLog {
  public let name: String
  private let settings: KafkaSettings
  private let logger: Logger
  private let limits = TopicLimits()
  private let producer: KafkaProducer
  private let cluster: KafkaCluster

  /// Does not wait for the brokers: that they are away is told by the first call.
  ///
  /// - Throws: ``LogError/unusable(_:)`` when librdkafka refuses the settings.
  public init(settings: KafkaSettings, logger: Logger = Logger(label: "parley.kafka")) throws {
    if settings.bootstrapServers.isEmpty { throw LogError.unusable("no Kafka server is named") }
    name = "kafka://" + settings.bootstrapServers.joined(separator: ",")
    self.settings = settings
    self.logger = logger
    producer = try KafkaProducer(settings: settings, limits: limits, logger: logger)
    cluster = try KafkaCluster(settings: settings, logger: logger)
  }

  /// The version of librdkafka in use. Before 2.2 it misreads what newer brokers send.
  public static var libraryVersion: String { String(cString: rd_kafka_version_str()) }

  public func clusterId() throws -> String { try cluster.clusterId() }

  public func append(_ records: [OutgoingRecord]) async throws -> [Position] { try await producer.append(records) }

  public func openStep(_ step: StepSettings) throws -> any StepConnection {
    try KafkaStepConnection(settings: settings, step: step, cluster: cluster, limits: limits, logger: logger)
  }

  public func openFollower(from positions: [TopicPartition: Int64]) throws -> any FollowConnection {
    let ranges = try cluster.offsets(of: Array(positions.keys), isolation: .readUncommitted)
    for (partition, offset) in positions {
      guard let range = ranges[partition] else { throw LogError.unknownTopic(partition.topic) }
      try range.check(offset, partition, reader: "the reader")
    }
    return try KafkaFollowConnection(settings: settings, positions: positions, logger: logger)
  }

  public func offsets(of topics: [String], isolation: Isolation) throws -> [TopicPartition: OffsetRange] {
    try cluster.offsets(of: try cluster.partitions(of: topics), isolation: isolation)
  }

  public func committedOffsets(group: String, topics: [String]) throws -> [TopicPartition: Int64] {
    try cluster.committedOffsets(group: group, of: try cluster.partitions(of: topics))
  }

  public func topics() throws -> [String: Int32] { try cluster.topics() }

  public func createTopics(_ topics: [TopicSettings], partitions: Int32) throws {
    limits.set(topics)
    try cluster.createTopics(topics, partitions: partitions)
  }

  public func close() { producer.close(timeoutMilliseconds: settings.ackTimeoutMilliseconds) }
}
