/// Which partition numbers a step owns, and which of them are open: all their inputs are assigned and the handler's state has caught up.
struct StepLanes {
  private let plan: StepPlan
  private let log: any EventLog
  private let connection: any StepConnection
  private let handler: any StepHandler
  private var assigned: Set<TopicPartition> = []
  private var owned: Set<Int32> = []
  /// Owned, but the state is behind; with the offsets at which the lane begins once it is not.
  private var waiting: [Int32: [TopicPartition: Int64]] = [:]
  private(set) var open: Set<Int32> = []
  private var needsRestart = false

  init(plan: StepPlan, log: any EventLog, connection: any StepConnection, handler: any StepHandler) {
    self.plan = plan
    self.log = log
    self.connection = connection
    self.handler = handler
  }

  func isOpen(_ partition: TopicPartition) -> Bool { open.contains(partition.partition) && assigned.contains(partition) }

  /// Takes a new assignment: everything is closed and begins anew from what is committed, so nothing read before is decided twice.
  mutating func take(_ assignment: Set<TopicPartition>) throws {
    let owned = completeNumbers(of: assignment)
    // Also what stays ours begins anew: the handler drops what it holds and folds up to the ends as they are now.
    for number in self.owned { handler.revoke(number) }
    self.owned = []
    open = []
    waiting = [:]
    assigned = assignment
    try connection.pause(assignment)
    guard !owned.isEmpty else { return }
    // The committed offsets first, then the ends of the state: whoever owned the lane before has then written all that these offsets cover.
    let committed = try connection.committed()
    let ends = try log.offsets(of: plan.stateTopics, isolation: .readUncommitted).mapValues(\.high)
    for number in owned {
      try handler.assign(number, ends: ends.filter { plan.stateSpansPartitions || $0.key.partition == number })
      self.owned.insert(number)
      waiting[number] = committed.filter { $0.key.partition == number && assignment.contains($0.key) }
    }
  }

  /// Opens the lanes whose state has caught up.
  mutating func openReady() throws {
    for (number, offsets) in waiting where try handler.isReady(number) {
      try connection.seek(offsets)
      try connection.resume(Set(offsets.keys))
      waiting[number] = nil
      open.insert(number)
    }
  }

  /// After an abort: nothing is open until ``restartIfClosed()`` has gone back to what is committed.
  mutating func close() {
    open = []
    needsRestart = true
  }

  /// Begins again from what is committed, if ``close()`` asked for it.
  mutating func restartIfClosed() throws {
    guard needsRestart else { return }
    try take(assigned)
    needsRestart = false
  }

  private func completeNumbers(of assignment: Set<TopicPartition>) -> Set<Int32> {
    let numbers = Set(assignment.map(\.partition))
    return numbers.filter { number in plan.topics.allSatisfy { assignment.contains(TopicPartition($0, number)) } }
  }
}
