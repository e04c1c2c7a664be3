/// The only seam to the broker. Two drivers implement it (Kafka and one SQLite file) and pass one suite of contract tests.
///
/// Three operations: ``append(_:)``, step (``openStep(_:)``, run by ``StepRunner``) and follow (``openFollower(from:)``).
public protocol EventLog: Sendable {
  /// For logs and messages: `kafka://host:9092` or `embedded:./data`.
  var name: String { get }

  /// A name of the cluster that outlives restarts, so that positions are never used with another cluster.
  func clusterId() throws -> String

  /// Writes records; they are durable when this returns (acks=all, or one fsync of the file).
  ///
  /// - Returns: the position of each record, in the order given.
  /// - Throws: ``LogError/unavailable(_:)`` when the log does not confirm in time (the records may be written all the same),
  ///   ``LogError/tooLarge(topic:bytes:limitBytes:)``, ``LogError/unknownTopic(_:)``.
  func append(_ records: [OutgoingRecord]) async throws -> [Position]

  /// Joins a step group. The connection belongs to the calling thread; its calls block.
  func openStep(_ settings: StepSettings) throws -> any StepConnection

  /// Opens a reader of committed records at the given next offsets. The connection belongs to the calling thread; its calls block.
  ///
  /// - Throws: ``LogError/position(_:)`` when an offset is before the kept records or past the end.
  func openFollower(from positions: [TopicPartition: Int64]) throws -> any FollowConnection

  /// What is held of each partition of the topics. Blocks.
  func offsets(of topics: [String], isolation: Isolation) throws -> [TopicPartition: OffsetRange]

  /// The next offsets that a step group has committed. Partitions without one are missing from the answer. Blocks.
  func committedOffsets(group: String, topics: [String]) throws -> [TopicPartition: Int64]

  /// The topics with their number of partitions. Blocks.
  func topics() throws -> [String: Int32]

  /// Creates the topics that are missing and leaves the others as they are. Blocks.
  func createTopics(_ topics: [TopicSettings], partitions: Int32) throws

  /// Flushes what is under way (bounded) and lets go of the file or the broker.
  func close()
}
