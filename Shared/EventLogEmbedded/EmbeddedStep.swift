import EventLog

/// One member of a step group. Used from one thread.
final class EmbeddedStep: StepConnection {
  private let log: EmbeddedOwner
  private let group: String
  private let topics: [TopicEntry]
  private let membership: Membership
  private let reader: PartitionReader
  private let signal: ReaderSignal
  /// A member that waits shows this often that it lives.
  private let heartbeatMilliseconds: Int
  private var owned: Set<Int32> = []
  private var assigned: [OpenPartition] = []
  private var paused: Set<TopicPartition> = []
  private var next: [PartitionId: Int64] = [:]
  private var isClosed = false

  init(_ log: EmbeddedOwner, _ settings: StepSettings) throws {
    self.log = log
    group = settings.group
    topics = try Set(settings.topics).sorted().map { try log.catalogue.topic($0) }
    let counts = Set(topics.map(\.partitions))
    guard counts.count == 1, let partitions = counts.first else {
      let list = topics.map { "\($0.settings.name) has \($0.partitions)" }.joined(separator: ", ")
      throw LogError.unusable("the input topics of \(group) must have the same number of partitions, but \(list)")
    }
    heartbeatMilliseconds = max(1, settings.sessionTimeoutMilliseconds / 3)
    reader = try PartitionReader(log.file, maxBytes: log.settings.maxPollBytes)
    try GroupOffsets.begin(group, topics, log)
    membership = try log.coordinator.join(settings, partitions: partitions)
    signal = ReaderSignal(topics: Set(topics.map(\.id)))
    log.readers.add(signal)
  }

  deinit { close() }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> StepPoll {
    let deadline = Deadline.after(milliseconds: timeoutMilliseconds)
    while true {
      let owned = try log.coordinator.poll(membership)
      if owned != self.owned {
        try take(owned)
        return StepPoll(assignment: Set(assigned.map(\.name)))
      }
      let open = assigned.filter { !paused.contains($0.name) }
      let records = try reader.read(open, log.catalogue, next: &next, maxRecords: maxRecords)
      if !records.isEmpty || deadline.isPast { return StepPoll(records: records) }
      _ = signal.wait(until: min(deadline, .after(milliseconds: heartbeatMilliseconds)))
    }
  }

  func pause(_ partitions: Set<TopicPartition>) throws { paused.formUnion(partitions) }
  func resume(_ partitions: Set<TopicPartition>) throws { paused.subtract(partitions) }

  func seek(_ offsets: [TopicPartition: Int64]) throws {
    for partition in assigned { if let offset = offsets[partition.name] { next[partition.id] = offset } }
  }

  func commit(outputs: [OutgoingRecord], inputs: [TopicPartition: Int64]) throws -> [Position] {
    let placed = try outputs.map(log.place)
    let numbers = Set(inputs.keys.map(\.partition))
    let offsets = try inputs.reduce(into: [:]) { $0[try log.catalogue.id(of: $1.key)] = $1.value }
    let point = log.settings.faults?.takePoint(of: group)
    let positions = try log.writer.perform(records: outputs.count, bytes: outputs.reduce(0) { $0 + $1.size }) {
      [group, membership, coordinator = log.coordinator] transaction in
      // Here, in the writer's order: whoever takes a partition over reads its offset after this, or this fails.
      try coordinator.check(membership, owns: numbers)
      if point == .before { throw LogError.aborted("a test let the commit fail before it began") }
      func write(_ transaction: inout WriteTransaction) throws -> [Position] {
        let positions = try transaction.append(placed)
        transaction.skipOffset(of: Set(placed.map(\.partition)))
        try transaction.setGroupOffsets(group, offsets)
        return positions
      }
      if point == .inside {
        try transaction.undoing { _ = try write(&$0) }
        throw LogError.aborted("a test let the commit fail inside the transaction")
      }
      return try write(&transaction)
    }
    if point == .after { throw LogError.aborted("a test has lost the answer of a commit that stands") }
    return positions
  }

  func committed() throws -> [TopicPartition: Int64] {
    let offsets = try load(assigned)
    return assigned.reduce(into: [:]) { $0[$1.name] = offsets[$1.id] ?? log.catalogue.partition($1.id)?.low ?? 0 }
  }

  func close() {
    if isClosed { return }
    isClosed = true
    log.readers.remove(signal)
    log.coordinator.leave(membership)
    reader.close()
  }

  /// Takes over a new assignment. What was ours before stays where it is; the rest begins at the group's offsets.
  private func take(_ owned: Set<Int32>) throws {
    let ours = topics.flatMap { topic in
      owned.map { OpenPartition(name: TopicPartition(topic.settings.name, $0), id: PartitionId(topic: topic.id, partition: $0)) }
    }.sorted { $0.name < $1.name }
    let gained = ours.filter { next[$0.id] == nil }
    let offsets = try load(gained)
    try GroupOffsets.check(offsets, of: gained, group, log.catalogue)
    let ids = Set(ours.map(\.id))
    next = next.filter { ids.contains($0.key) }.merging(offsets) { $1 }
    paused.formIntersection(ours.map(\.name))
    assigned = ours
    self.owned = owned
  }

  /// Through the writer: after every commit that was asked for before the partitions changed hands.
  private func load(_ partitions: [OpenPartition]) throws -> [PartitionId: Int64] {
    if partitions.isEmpty { return [:] }
    let ids = partitions.map(\.id)
    return try log.writer.perform { [group] transaction in try transaction.groupOffsets(group, ids) }
  }
}
