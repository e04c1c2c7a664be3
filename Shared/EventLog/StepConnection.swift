/// How a step takes part in its group.
public struct StepSettings: Sendable, Hashable {
  /// The group: one for each step of the suite, for instance `conversation-store.decide`.
  public let group: String
  /// The topics read. All must have the same number of partitions.
  public let topics: [String]
  /// `group/folder-uuid/slot`: the transactional id and the static member id. Whoever comes later with the same id fences the one before.
  public let memberId: String
  public let sessionTimeoutMilliseconds: Int
  public let transactionTimeoutMilliseconds: Int

  public init(
    group: String, topics: [String], memberId: String, sessionTimeoutMilliseconds: Int = 10_000,
    transactionTimeoutMilliseconds: Int = 10_000
  ) {
    self.group = group
    self.topics = topics
    self.memberId = memberId
    self.sessionTimeoutMilliseconds = sessionTimeoutMilliseconds
    self.transactionTimeoutMilliseconds = transactionTimeoutMilliseconds
  }
}

/// What one poll of a step brought.
public struct StepPoll: Sendable {
  /// In the order of each partition; never of a paused partition, nor of one that is not assigned.
  public var records: [Record]
  /// All that is assigned now, if it has changed since the last poll. Records read before of what is no longer here must be forgotten.
  public var assignment: Set<TopicPartition>?

  public init(records: [Record] = [], assignment: Set<TopicPartition>? = nil) {
    self.records = records
    self.assignment = assignment
  }
}

/// One member of a step group. Used from one thread; every call blocks at most for its time-out.
public protocol StepConnection: AnyObject {
  /// Takes what has come, at most `maxRecords`, and waits at most `timeoutMilliseconds` for the first.
  ///
  /// - Throws: ``LogError/fenced(_:)``, ``LogError/position(_:)`` (a group offset is missing on a topic with records, or out of range),
  ///   ``LogError/unusable(_:)``.
  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> StepPoll

  /// Holds back the records of these partitions until resumed. Already polled ones are not taken back.
  func pause(_ partitions: Set<TopicPartition>) throws
  func resume(_ partitions: Set<TopicPartition>) throws

  /// Goes back: the next poll begins at these offsets.
  func seek(_ offsets: [TopicPartition: Int64]) throws

  /// Writes `outputs` and moves the group to the next offsets `inputs`, both or neither.
  ///
  /// - Returns: the position of each output, in the order given.
  /// - Throws: ``LogError/aborted(_:)``: nothing was written; the caller seeks back to what is committed and processes again.
  ///   ``LogError/fenced(_:)``: nothing was written by this call and never will be.
  func commit(outputs: [OutgoingRecord], inputs: [TopicPartition: Int64]) throws -> [Position]

  /// The next offsets that the group has committed for the assigned partitions; where it has none, the first offset kept.
  func committed() throws -> [TopicPartition: Int64]

  /// Leaves the group.
  func close()
}

/// What one poll of a follower brought.
public struct FollowPoll: Sendable {
  public var records: [Record]
  /// The next offset to be read, of partitions on which the reader has moved: also past the markers of commits and aborted records.
  public var positions: [TopicPartition: Int64]

  public init(records: [Record] = [], positions: [TopicPartition: Int64] = [:]) {
    self.records = records
    self.positions = positions
  }
}

/// A reader of committed records that keeps no offsets in the log. Used from one thread, but for ``wake()``.
public protocol FollowConnection: AnyObject, Sendable {
  /// Takes what has come, at most `maxRecords`, and waits at most `timeoutMilliseconds` for the first.
  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> FollowPoll
  /// Lets a waiting poll return at once. From any thread.
  func wake()
  func close()
}
