import EventLog

/// The event log in one SQLite file, for one machine and one process: durable, with partitions, groups and steps as a broker has them.
///
/// One thread writes; all that waits for it shares one transaction and one fsync. Readers have connections of their own.
public final class EmbeddedLog: EventLog {
  public let name: String
  private let catalogue = Catalogue()
  private let readers = ReaderBoard()
  private let file: LogFile
  private let settings: EmbeddedSettings
  private let lookup: PartitionReader
  /// `nil` in a tool that only reads.
  private let owner: EmbeddedOwner?

  /// Opens the log in a folder for writing, and makes both where they are missing.
  ///
  /// - Throws: ``LogError/unusable(_:)`` when another process uses the folder, it cannot be written, or what is there is not such a log.
  public init(folder: String, settings: EmbeddedSettings = EmbeddedSettings()) throws {
    name = "embedded:\(folder)"
    file = LogFile(folder: folder)
    self.settings = settings
    let owner = try EmbeddedOwner(file, catalogue, readers, settings)
    do { lookup = try PartitionReader(file, maxBytes: settings.maxPollBytes) } catch {
      try owner.close()
      throw error
    }
    self.owner = owner
  }

  /// Opens the log in a folder for reading, also while another process writes it. Whatever would write throws ``LogError/unusable(_:)``.
  public init(readingFolder folder: String, settings: EmbeddedSettings = EmbeddedSettings()) throws {
    name = "embedded:\(folder)"
    file = LogFile(folder: folder)
    self.settings = settings
    lookup = try PartitionReader(file, maxBytes: settings.maxPollBytes)
    try lookup.refresh(catalogue)
    owner = nil
  }

  public func clusterId() throws -> String { try lookup.clusterId() }

  public func append(_ records: [OutgoingRecord]) async throws -> [Position] {
    records.isEmpty ? [] : try await writable().append(records)
  }

  public func openStep(_ settings: StepSettings) throws -> any StepConnection { try EmbeddedStep(writable(), settings) }

  public func openFollower(from positions: [TopicPartition: Int64]) throws -> any FollowConnection {
    try refresh()
    return try EmbeddedFollower(
      catalogue, readers, PartitionReader(file, maxBytes: settings.maxPollBytes), from: positions, watchesFile: owner == nil)
  }

  public func offsets(of topics: [String], isolation: Isolation) throws -> [TopicPartition: OffsetRange] {
    try refresh()
    return try topics.reduce(into: [:]) { ranges, name in
      let topic = try catalogue.topic(name)
      for (id, state) in catalogue.partitions(topic.ids) {
        let high = isolation == .readCommitted ? state.visible : state.end
        ranges[TopicPartition(name, id.partition)] = OffsetRange(low: state.low, high: high)
      }
    }
  }

  public func committedOffsets(group: String, topics: [String]) throws -> [TopicPartition: Int64] {
    try refresh()
    let entries = try topics.map { try catalogue.topic($0) }
    let offsets = try lookup.groupOffsets(group, entries.flatMap(\.ids))
    return entries.reduce(into: [:]) { found, topic in
      for id in topic.ids { found[TopicPartition(topic.settings.name, id.partition)] = offsets[id] }
    }
  }

  public func topics() throws -> [String: Int32] {
    try refresh()
    return catalogue.topics.reduce(into: [:]) { $0[$1.settings.name] = $1.partitions }
  }

  public func createTopics(_ topics: [TopicSettings], partitions: Int32) throws {
    try writable().createTopics(topics, partitions: partitions)
  }

  public func close() {
    lookup.close()
    // What could not be flushed was never acknowledged, and its callers have been told.
    try? owner?.close()
  }

  /// Runs retention and compaction now. Blocks until all slices are done.
  package func maintain() throws { try writable().maintain() }

  /// After a test has changed what its faults hold back: shows what was held and lets the writer look again.
  package func applyFaults() {
    guard let owner else { return }
    if settings.faults?.holdsVisibility != true { catalogue.showAll() }
    owner.writer.nudge()
    readers.wakeAll()
  }

  private func writable() throws -> EmbeddedOwner {
    guard let owner else { throw LogError.unusable("\(name) was opened for reading only") }
    return owner
  }

  private func refresh() throws { if owner == nil { try lookup.refresh(catalogue) } }
}
