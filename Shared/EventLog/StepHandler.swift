/// What a step decides. Called from the step's own thread only, so it needs no locks and may block on its view.
///
/// A partition *number* is owned as a whole: it is assigned only while all input topics' partitions of that number are.
public protocol StepHandler: AnyObject {
  /// A partition number is ours. `ends` are the ends of ``StepPlan/stateTopics`` at that number (of all their partitions where
  /// ``StepPlan/stateSpansPartitions``), read with the uncommitted handle after the group's offsets were read: the state must have folded
  /// up to them before anything is decided.
  func assign(_ partition: Int32, ends: [TopicPartition: Int64]) throws

  /// Whether the state has reached what ``assign(_:ends:)`` named. Asked again until it has; the partition is paused meanwhile.
  func isReady(_ partition: Int32) throws -> Bool

  /// Turns records, in order, into records. An error fails the batch: it is run again record by record, and one that fails alone is
  /// dead-lettered. What it keeps in memory for this batch is provisional until ``committed(_:)``.
  func process(_ batch: StepBatch) throws -> [OutgoingRecord]

  /// The outputs of the last batch stand in the log at these positions.
  func committed(_ positions: [Position])

  /// The last batch was undone: what was kept in memory for it must be dropped. Its records come again.
  func aborted()

  /// The partition number is someone else's now. What is kept for it must be dropped.
  func revoke(_ partition: Int32)

  /// The records that say that this input could not be processed: a dead letter, and whatever keeps the counts right.
  func deadLetter(_ record: Record, reason: DeadLetterReason) -> [OutgoingRecord]
}

/// Records of one partition number, or of several, with the tick of the clock that commits with them.
public struct StepBatch: Sendable {
  public let records: [Record]
  /// Milliseconds since 1970, when a tick is due for ``tickPartitions``; otherwise `nil`.
  public let tick: Int64?
  /// The owned and ready partition numbers, to which a tick applies.
  public let tickPartitions: Set<Int32>

  public init(records: [Record], tick: Int64? = nil, tickPartitions: Set<Int32> = []) {
    self.records = records
    self.tick = tick
    self.tickPartitions = tickPartitions
  }
}

/// Why a record was given up by the step itself.
public enum DeadLetterReason: Sendable, Hashable {
  /// The handler failed on it when it was alone, with this error.
  case failed(String)
  /// The process has died this many times while it worked on it.
  case killed(times: Int)

  public var code: String {
    switch self {
    case .failed: "processing-failed"
    case .killed: "process-killed"
    }
  }

  public var detail: String {
    switch self {
    case .failed(let error): error
    case .killed(let times): "the process ended \(times) times while it worked on this record"
    }
  }
}

/// What a step reads and when it may decide.
public struct StepPlan: Sendable {
  public let group: String
  public let topics: [String]
  /// The topics that hold the handler's own earlier decisions (catch-up rule).
  public let stateTopics: [String]
  /// Whether decisions for one partition number are spread over all partitions of the state topics.
  public let stateSpansPartitions: Bool
  public let maxBatchRecords: Int
  /// `nil`: the step has no clock.
  public let tickMilliseconds: Int?
  /// How long a member may be silent before its partitions go to others.
  public var sessionTimeoutMilliseconds: Int

  public init(
    group: String, topics: [String], stateTopics: [String], stateSpansPartitions: Bool = false, maxBatchRecords: Int = 1_000,
    tickMilliseconds: Int? = nil, sessionTimeoutMilliseconds: Int = 10_000
  ) {
    self.group = group
    self.topics = topics
    self.stateTopics = stateTopics
    self.stateSpansPartitions = stateSpansPartitions
    self.maxBatchRecords = maxBatchRecords
    self.tickMilliseconds = tickMilliseconds
    self.sessionTimeoutMilliseconds = sessionTimeoutMilliseconds
  }
}
