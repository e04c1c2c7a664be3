import EventLog
import Foundation

/// Follow: committed records only, from positions of the reader's own.
public enum FollowContract {
  @Sendable public static func readsOnWhereItIsTold(_ test: LogUnderTest) throws {
    let topic = try test.topic("followed", partitions: 1)
    let positions = try test.appendNumbers(0..<30, to: topic)
    let follower = try test.log.openFollower(from: [TopicPartition(topic, 0): positions[10].offset])
    defer { follower.close() }
    var records: [Record] = []
    try waitUntil("20 records are read") {
      records += try follower.poll(maxRecords: 7, timeoutMilliseconds: 100).records
      return records.count >= 20
    }
    try require(records.map(\.position) == Array(positions[10...]), "read \(records.map(\.offset)) from \(positions[10]) on")
  }

  /// The markers of commits stand at the end of the output; a reader that waited for a record there would wait for ever.
  @Sendable public static func positionsReachTheEndPastGaps(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let copy = try test.startCopy(from: input, to: output) { CopyHandler(output: output) }
    for start in [0, 20, 40] {
      try test.appendNumbers(start..<(start + 20), to: input)
      try test.waitUntilCommitted(input)
    }
    try copy.finish()
    let ends = try test.log.offsets(of: [output], isolation: .readUncommitted).mapValues(\.high)
    // `readAll` itself waits until the positions reach the ends.
    let records = try test.log.readAll(output)
    try require(ends.values.reduce(0, +) > Int64(records.count), "commits left no gaps: \(ends)")
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func aPositionPastTheEndIsRefused(_ test: LogUnderTest) throws {
    let topic = try test.topic("short", partitions: 1)
    try test.appendNumbers(0..<3, to: topic)
    let error = try logError(of: "following from past the end") {
      let follower = try test.log.openFollower(from: [TopicPartition(topic, 0): 1_000])
      defer { follower.close() }
      try waitUntil("the position is refused") { try !follower.poll(maxRecords: 1, timeoutMilliseconds: 200).records.isEmpty }
    }
    guard case .position(let text) = error, text.contains(topic), text.contains("1000") else {
      throw ContractViolation("a position past the end gave: \(error)")
    }
  }

  @Sendable public static func aWaitingPollReturnsForARecordAndWhenWoken(_ test: LogUnderTest) throws {
    let topic = try test.topic("awaited", partitions: 1)
    let follower = try test.log.openFollower(from: [TopicPartition(topic, 0): 0])
    defer { follower.close() }
    let polls = Shared(0)
    let reading = Background { stop in
      var texts: [String] = []
      while !stop.isStopped {
        texts += try follower.poll(maxRecords: 10, timeoutMilliseconds: maxWaitMilliseconds).records.map(Sample.text)
        polls.change { $0 += 1 }
      }
      return texts
    }
    try test.appendNumbers(0..<1, to: topic)
    try waitUntil("the record lets the poll return") { polls.value >= 1 }
    reading.stop.stop()
    follower.wake()
    try require(try reading.value() == ["0"], "the reader did not get the one record")
  }

  /// Needs ``LogUnderTest/faults``.
  @Sendable public static func onlyCommittedRecordsAreShown(_ test: LogUnderTest) throws {
    guard let faults = test.faults else { throw ContractViolation("this case needs faults") }
    let topic = try test.topic("hidden", partitions: 1)
    let partition = TopicPartition(topic, 0)
    try test.appendNumbers(0..<5, to: topic)
    faults.holdVisibility(true)
    try test.appendNumbers(5..<10, to: topic)
    try require(try test.log.readAll(topic).count == 5, "a reader saw what is not committed")
    let committed = try test.log.offsets(of: [topic], isolation: .readCommitted)[partition]?.high
    let written = try test.log.offsets(of: [topic], isolation: .readUncommitted)[partition]?.high
    try require(committed == 5 && written == 10, "ends are \(committed ?? -1) committed and \(written ?? -1) written, not 5 and 10")
    faults.holdVisibility(false)
    try require(try test.log.readAll(topic).count == 10, "a reader does not see what is committed")
  }
}
