import EventLog

/// A log whose broker does not confirm appends.
struct UnavailableLog: EventLog {
  let base: any EventLog

  var name: String { base.name }
  func clusterId() throws -> String { try base.clusterId() }
  func append(_ records: [OutgoingRecord]) async throws -> [Position] { throw LogError.unavailable("broker 10.0.0.7 is away") }
  func openStep(_ settings: StepSettings) throws -> any StepConnection { try base.openStep(settings) }
  func openFollower(from positions: [TopicPartition: Int64]) throws -> any FollowConnection { try base.openFollower(from: positions) }
  func offsets(of topics: [String], isolation: Isolation) throws -> [TopicPartition: OffsetRange] {
    try base.offsets(of: topics, isolation: isolation)
  }
  func committedOffsets(group: String, topics: [String]) throws -> [TopicPartition: Int64] {
    try base.committedOffsets(group: group, topics: topics)
  }
  func topics() throws -> [String: Int32] { try base.topics() }
  func createTopics(_ topics: [TopicSettings], partitions: Int32) throws { try base.createTopics(topics, partitions: partitions) }
  func close() { base.close() }
}
