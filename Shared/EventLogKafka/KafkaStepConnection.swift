import CRdKafka
import EventLog
import Logging

/// A member of a step group over Kafka: a static consumer and a transactional producer of the same id.
final class KafkaStepConnection: StepConnection {
  /// One poll brings no more than this much, or one record.
  static let maxPollBytes = 16 << 20

  private let settings: KafkaSettings
  private let step: StepSettings
  private let cluster: KafkaCluster
  private let limits: TopicLimits
  private let logger: Logger
  private let member: GroupMember
  private var producer: TransactionalProducer?
  /// Given to us, but where to begin has not been answered yet.
  private var pending: [TopicPartition]?
  /// What is known to be committed of the assignment. A commit without inputs (a tick) writes it once more: only offsets make the brokers
  /// compare the generation, and a member that has lost its partitions must not decide for them.
  private var standing: [TopicPartition: Int64] = [:]

  init(settings: KafkaSettings, step: StepSettings, cluster: KafkaCluster, limits: TopicLimits, logger: Logger) throws {
    self.settings = settings
    self.step = step
    self.cluster = cluster
    self.limits = limits
    self.logger = logger
    try cluster.beginGroup(step.group, topics: step.topics)
    producer = try TransactionalProducer(settings: settings, step: step, limits: limits, logger: logger)
    member = try GroupMember(settings: settings, step: step, logger: logger)
  }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> StepPoll {
    try member.handle.checkFatal()
    try producer?.handle.checkFatal()
    if let assignment = try takeRebalance() { return StepPoll(assignment: assignment) }
    var records: [Record] = []
    var bytes = 0
    var wait = timeoutMilliseconds
    while records.count < maxRecords, bytes < Self.maxPollBytes {
      let consumed = member.consume(timeoutMilliseconds: wait)
      // What was read before the rebalance comes again, here or at another member.
      if let assignment = try takeRebalance() { return StepPoll(assignment: assignment) }
      switch consumed {
      case .record(let record)?:
        records.append(record)
        bytes += record.value?.count ?? 0
        wait = 0
      case .failure(let error, let partition)?:
        try report(error, partition)
        wait = 0
      case .end?, .stale?: wait = 0
      case nil: return StepPoll(records: records)
      }
    }
    return StepPoll(records: records)
  }

  /// One change for each poll: what was taken is always told before what is given, even if it is the same again.
  private func takeRebalance() throws -> Set<TopicPartition>? {
    switch member.handle.context.nextRebalance() {
    case .revoked?:
      pending = nil
      member.letGo()
      standing = [:]
      return []
    case .assigned(let partitions)?: pending = partitions
    case nil: break
    }
    guard let partitions = pending else { return nil }
    standing = try cluster.startOffsets(of: partitions, group: step.group)
    try member.take(standing)
    pending = nil
    return member.assignment
  }

  /// Lost brokers come back and are reported by the log; only what ends the step is thrown.
  private func report(_ error: KafkaError, _ partition: TopicPartition?) throws {
    if error.code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET {
      throw LogError.position("\(step.group) cannot go on in \(partition?.description ?? "a partition"): \(error.reason)")
    }
    let problem = error.logError(member.handle)
    if !problem.isRetriable { throw problem }
    logger.debug("consumer", metadata: ["group": "\(step.group)", "problem": "\(error.reason)"])
  }

  func pause(_ partitions: Set<TopicPartition>) throws { try member.pause(partitions) }
  func resume(_ partitions: Set<TopicPartition>) throws { try member.resume(partitions) }
  func seek(_ offsets: [TopicPartition: Int64]) throws { try member.seek(offsets) }

  func commit(outputs: [OutgoingRecord], inputs: [TopicPartition: Int64]) throws -> [Position] {
    let producer = try readyProducer()
    guard let group = member.metadata, !member.hasLostAssignment, inputs.keys.allSatisfy(member.assignment.contains) else {
      throw LogError.aborted("the partitions have been taken away")
    }
    let offsets = inputs.isEmpty ? standing : inputs
    if offsets.isEmpty { throw LogError.aborted("nothing is assigned, or it is not known what is committed") }
    do {
      let positions = try producer.commit(outputs, offsets: PartitionList(offsets), group: group)
      standing.merge(inputs) { $1 }
      return positions
    } catch {
      standing = [:]
      throw error
    }
  }

  func committed() throws -> [TopicPartition: Int64] {
    // An unknown end of a transaction is settled first; the offsets tell how.
    _ = try readyProducer()
    let partitions = member.assignment
    if partitions.isEmpty { return [:] }
    var offsets = try cluster.committedOffsets(group: step.group, of: Array(partitions))
    let missing = partitions.filter { offsets[$0] == nil }
    if !missing.isEmpty {
      let ranges = try cluster.offsets(of: Array(missing), isolation: .readUncommitted)
      for partition in missing { offsets[partition] = ranges[partition]?.low }
    }
    standing = offsets
    return offsets
  }

  private func readyProducer() throws -> TransactionalProducer {
    try member.handle.checkFatal()
    if let producer, !producer.isBroken { return producer }
    // The old one goes first: two of one id would fence each other.
    producer = nil
    let made = try TransactionalProducer(settings: settings, step: step, limits: limits, logger: logger)
    producer = made
    return made
  }

  func close() {
    member.close()
    producer = nil
  }
}
