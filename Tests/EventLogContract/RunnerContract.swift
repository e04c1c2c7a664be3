import EventLog
import Foundation

/// What the step loop makes of a driver: catch-up, ticks, aborts, slow handlers.
public enum RunnerContract {
  @Sendable public static func ticksCommitWithRecords(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let copy = try test.startCopy(from: input, to: output, tickMilliseconds: 10) { CopyHandler(output: output) }
    try test.appendNumbers(0..<100, to: input)
    try test.waitUntilCommitted(input)
    try waitUntil("every partition has ticked") {
      Set(try test.log.readAll(output).compactMap { $0.header("tick") }).count == Int(LogUnderTest.partitions)
    }
    try copy.finish()
    try test.checkCopies(of: input, in: output)
  }

  /// Needs ``LogUnderTest/faults``.
  @Sendable public static func whatWasUndoneIsDroppedAndComesAgain(_ test: LogUnderTest) throws {
    guard let faults = test.faults else { throw ContractViolation("this case needs faults") }
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let trace = Shared(CopyHandler.Trace())
    let copy = try test.startCopy(from: input, to: output) { CopyHandler(output: output, trace: trace) }
    var expected = 0
    for point in CommitPoint.allCases {
      faults.failNextCommit(of: test.name("copy"), at: point)
      try test.appendNumbers(expected..<(expected + 10), to: input)
      expected += 10
      try test.waitUntilCommitted(input)
      try waitUntil("the handler learns that its batch was undone") { trace.value.aborted > 0 }
      trace.change { $0.aborted = 0 }
    }
    try copy.finish()
    try require(trace.value.processed.count > trace.value.committed, "no record came again")
    try test.checkCopies(of: input, in: output)
  }

  /// Needs ``LogUnderTest/faults``: a new owner's state lacks what the old owner wrote until the markers are there.
  @Sendable public static func nothingIsDecidedBeforeTheStateHasCaughtUp(_ test: LogUnderTest) throws {
    guard let faults = test.faults else { throw ContractViolation("this case needs faults") }
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let first = try test.startCopy(from: input, to: output) { CopyHandler(output: output) }
    try test.appendNumbers(0..<20, to: input)
    try test.waitUntilCommitted(input)
    try first.finish()
    // What the next owner must fold before it decides is written, and not yet shown.
    try test.appendNumbers(20..<40, to: input)
    faults.holdVisibility(true)
    _ = try test.log.appendNow([Sample.record(output, key: "late", text: "a decision of the last owner")])
    let (log, trace, looks) = (try test.log, Shared(CopyHandler.Trace()), Shared(0))
    let second = try test.startCopy(from: input, to: output) {
      CopyHandler(
        output: output, trace: trace,
        isCaughtUp: { ends in
          looks.change { $0 += 1 }
          let shown = try log.offsets(of: [output], isolation: .readCommitted)
          return ends.allSatisfy { shown[$0.key]?.high ?? 0 >= $0.value }
        })
    }
    try waitUntil("the step asks whether the state has caught up") { looks.value > Int(LogUnderTest.partitions) * 3 }
    try require(trace.value.processed.isEmpty, "the step decided on a state that was behind")
    faults.holdVisibility(false)
    try test.waitUntilCommitted(input)
    try second.finish()
    try test.checkCopies(of: input, in: output)
  }

  /// A handler that takes longer than the session time-out.
  @Sendable public static func aSlowHandlerDecidesOnce(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let delay = Double(test.sessionTimeoutMilliseconds) * 1.5 / 1_000
    let isSlow = Shared(true)
    let copy = try test.startCopy(from: input, to: output) {
      CopyHandler(
        output: output,
        onBatch: { batch in
          if !batch.records.isEmpty, isSlow.take() { Thread.sleep(forTimeInterval: delay) }
        })
    }
    try test.appendNumbers(0..<50, to: input)
    try test.waitUntilCommitted(input)
    try copy.finish()
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func aPoisonedRecordIsPutAside(_ test: LogUnderTest) throws {
    struct Poison: Error {}
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let trace = Shared(CopyHandler.Trace())
    let positions = try test.appendNumbers(0..<60, to: input)
    let copy = try test.startCopy(from: input, to: output) {
      CopyHandler(
        output: output, trace: trace,
        onBatch: { batch in
          if batch.records.contains(where: { Sample.text($0) == "33" }) { throw Poison() }
        })
    }
    try test.waitUntilCommitted(input)
    try copy.finish()
    try require(trace.value.deadLetters == ["\(positions[33])": "processing-failed"], "dead letters: \(trace.value.deadLetters)")
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func inputsOfDifferentPartitionCountsAreRefused(_ test: LogUnderTest) throws {
    let topics = [try test.topic("two", partitions: 2), try test.topic("three", partitions: 3)]
    let plan = StepPlan(group: test.name("uneven"), topics: topics, stateTopics: [])
    let slot = try Slot(group: plan.group, folder: test.folder)
    let runner = try StepRunner(log: test.log, plan: plan, slot: slot, logger: test.quietLogger()) { CopyHandler(output: topics[0]) }
    let error = try logError(of: "a step over topics of 2 and 3 partitions") { try runner.run(stop: StopSignal()) }
    guard case .unusable(let text) = error, topics.allSatisfy(text.contains) else {
      throw ContractViolation("different partition counts gave: \(error)")
    }
  }
}
