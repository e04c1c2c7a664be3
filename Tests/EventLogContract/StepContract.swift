import EventLog

/// Step connections: outputs and offsets stand together or not at all.
public enum StepContract {
  @Sendable public static func outputsAndOffsetsStandTogether(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    try test.appendNumbers(0..<40, to: input)
    let member = try Member(test, input, "a")
    let records = try member.poll(40)
    let positions = try member.commit(records, to: output)
    member.close()
    try require(positions.count == 40, "40 outputs, \(positions.count) positions")
    try require(Set(try test.log.readAll(output).map(\.position)) == Set(positions), "outputs are not where they were said to be")
    try test.checkCopies(of: input, in: output)
    try require(try Progress.isDone(test.log, group: test.name("step"), topic: input), "the group's offsets have not moved")
  }

  @Sendable public static func aStepGoesOnAfterARestart(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    try test.appendNumbers(0..<30, to: input)
    let first = try Member(test, input, "a")
    _ = try first.commit(try first.poll(30), to: output)
    first.close()
    test.close()
    try test.appendNumbers(30..<50, to: input)
    let second = try Member(test, input, "a")
    _ = try second.commit(try second.poll(20), to: output)
    second.close()
    try test.checkCopies(of: input, in: output)
  }

  /// Needs ``LogUnderTest/faults``. Whatever point a commit breaks off at, going back to what is committed loses and doubles nothing.
  @Sendable public static func aBrokenCommitLosesAndDoublesNothing(_ test: LogUnderTest) throws {
    guard let faults = test.faults else { throw ContractViolation("this case needs faults") }
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let member = try Member(test, input, "a")
    defer { member.close() }
    for (round, point) in CommitPoint.allCases.enumerated() {
      try test.appendNumbers((round * 20)..<(round * 20 + 20), to: input)
      let records = try member.poll(20)
      faults.failNextCommit(of: test.name("step"), at: point)
      let error = try logError(of: "a commit that breaks off \(point)") { _ = try member.commit(records, to: output) }
      guard case .aborted = error else { throw ContractViolation("a commit that breaks off \(point) gave: \(error)") }
      try member.goBack()
      if point == .after { continue }
      let again = try member.poll(20)
      try require(Set(again.map(\.position)) == Set(records.map(\.position)), "other records came after a commit that broke off \(point)")
      _ = try member.commit(again, to: output)
    }
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func undoneRecordsComeAgain(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    try test.appendNumbers(0..<20, to: input)
    let member = try Member(test, input, "a")
    defer { member.close() }
    let first = try member.poll(20)
    try member.goBack()
    let second = try member.poll(20)
    for partition in Set(first.map(\.partition)) {
      let (before, after) = (first.filter { $0.partition == partition }, second.filter { $0.partition == partition })
      try require(before.map(\.offset) == after.map(\.offset), "\(partition) came again as \(after.map(\.offset))")
    }
    _ = try member.commit(second, to: output)
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func aPausedPartitionIsHeldBack(_ test: LogUnderTest) throws {
    let input = try test.topic("in", partitions: 2)
    let member = try Member(test, input, "a")
    defer { member.close() }
    try member.waitForPartitions(2)
    let held = TopicPartition(input, 0)
    try member.connection.pause([held])
    let sent = try test.appendNumbers(0..<40, to: input)
    let open = sent.filter { $0.partition != held }
    let records = try member.poll(open.count)
    try require(Set(records.map(\.position)) == Set(open), "a paused partition was read")
    try member.connection.resume([held])
    let rest = try member.poll(sent.count - open.count)
    try require(Set(rest.map(\.partition)) == [held], "a resumed partition was not read")
  }

  @Sendable public static func aGroupPastTheEndStops(_ test: LogUnderTest) throws {
    let input = try test.topic("in", partitions: 1)
    try test.appendNumbers(0..<3, to: input)
    let first = try Member(test, input, "a")
    try first.waitForPartitions(1)
    _ = try first.connection.commit(outputs: [], inputs: [TopicPartition(input, 0): 1_000])
    first.close()
    let error = try logError(of: "a group that is past the end") {
      let second = try Member(test, input, "a")
      defer { second.close() }
      _ = try second.poll(1)
    }
    guard case .position(let text) = error, text.contains(input), text.contains("1000") else {
      throw ContractViolation("an offset past the end gave: \(error)")
    }
  }
}
