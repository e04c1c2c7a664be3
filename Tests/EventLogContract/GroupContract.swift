import EventLog
import Foundation

/// Groups: a partition has one owner at a time, and a member that has been replaced never commits again.
public enum GroupContract {
  @Sendable public static func aRebalanceUnderLoadDecidesNothingTwice(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let traces = (0..<2).map { _ in Shared(CopyHandler.Trace()) }
    let load = Background { stop in
      var number = 0
      while !stop.isStopped && number < 20_000 {
        try test.appendNumbers(number..<(number + 20), to: input)
        number += 20
      }
    }
    func start(_ index: Int) throws -> Background<Void> {
      try test.startCopy(from: input, to: output, maxBatchRecords: 20) { CopyHandler(output: output, trace: traces[index]) }
    }
    let first = try start(0)
    try waitUntil("the first member works") { traces[0].value.committed > 100 }
    let second = try start(1)
    try waitUntil("the second member works") { traces[1].value.committed > 100 }
    let before = traces[0].value.committed
    try waitUntil("the first member still works") { traces[0].value.committed > before + 100 }
    try first.finish()
    let third = try start(0)
    let again = traces[0].value.committed
    try waitUntil("the first member is back") { traces[0].value.committed > again + 100 }
    try load.finish()
    try test.waitUntilCommitted(input)
    try second.finish()
    try third.finish()
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func whoeverComesLaterFencesTheOneBefore(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    try test.appendNumbers(0..<20, to: input)
    let old = try Member(test, input, "same")
    defer { old.close() }
    let records = try old.poll(20)
    let new = try Member(test, input, "same")
    defer { new.close() }
    let taken = try new.poll(20)
    let error = try logError(of: "the commit of a member that was replaced") { _ = try old.commit(records, to: output) }
    guard case .fenced = error else { throw ContractViolation("a replaced member's commit gave: \(error)") }
    _ = try new.commit(taken, to: output)
    try test.checkCopies(of: input, in: output)
  }

  /// Needs ``Capability/expiresSilentMembers``.
  @Sendable public static func aSilentMemberLosesItsPartitions(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    let silent = try Member(test, input, "a")
    defer { silent.close() }
    try test.appendNumbers(0..<40, to: input)
    let records = try silent.poll(40)
    let other = try Member(test, input, "b")
    defer { other.close() }
    let taken = try other.poll(40)
    let error = try logError(of: "the commit of a member that was silent too long") { _ = try silent.commit(records, to: output) }
    switch error {
    case .fenced, .aborted: break
    default: throw ContractViolation("a silent member's commit gave: \(error)")
    }
    _ = try other.commit(taken, to: output)
    try test.checkCopies(of: input, in: output)
  }

  /// One member holds records that it has not committed while another one joins.
  @Sendable public static func aPartitionHasOneOwnerAtATime(_ test: LogUnderTest) throws {
    let (input, output) = (try test.topic("in"), try test.topic("out"))
    try test.appendNumbers(0..<40, to: input)
    let old = try Member(test, input, "a")
    defer { old.close() }
    let held = try old.poll(40)
    let new = try Member(test, input, "b")
    defer { new.close() }
    for _ in 0..<3 { try new.copyOnce(to: output) }
    try old.commitOrGoBack(held, to: output)
    try waitUntil("both have copied all") {
      try old.copyOnce(to: output)
      try new.copyOnce(to: output)
      return try Progress.isDone(test.log, group: test.name("step"), topic: input) && !new.assigned.isEmpty
    }
    try test.checkCopies(of: input, in: output)
  }

  @Sendable public static func membersShareThePartitions(_ test: LogUnderTest) throws {
    let input = try test.topic("in")
    let (a, b) = (try Member(test, input, "a"), try Member(test, input, "b"))
    let all = Int(LogUnderTest.partitions)
    try waitUntil("two members share the partitions") {
      _ = try a.pollOnce()
      _ = try b.pollOnce()
      return a.assigned.count == all / 2 && b.assigned.count == all / 2
    }
    try require(a.assigned.isDisjoint(with: b.assigned), "both own \(a.assigned.intersection(b.assigned))")
    b.close()
    try waitUntil("the one that stays owns all") {
      _ = try a.pollOnce()
      return a.assigned.count == all
    }
    a.close()
  }
}
