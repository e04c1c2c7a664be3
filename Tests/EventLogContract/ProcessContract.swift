import EventLog
import Foundation

/// Processes that die or stall: the log and the next process in the slot make nothing of it. All need ``LogUnderTest/probe``.
public enum ProcessContract {
  @Sendable public static func aKilledProcessLosesAndDoublesNothing(_ test: LogUnderTest) throws {
    let (input, output) = try prepare(test, records: 2_000)
    let plan = ProbePlan(test, from: input, to: output)
    for commits in [3, 40, 1] {
      let child = try Child(test, plan)
      try child.waitForCommits(commits)
      child.send(SIGKILL)
      try require(try child.waitForEnd() == nil, "the child ended before it was killed")
    }
    try finish(test, plan)
  }

  @Sendable public static func aDeathBeforeTheCommitLeavesNothing(_ test: LogUnderTest) throws {
    let (input, output) = try prepare(test, records: 40)
    try dieOnce(test, ProbePlan(test, from: input, to: output), .deciding)
    try require(try test.log.readAll(output).isEmpty, "outputs of a batch that was never committed are shown")
    test.close()
    try finish(test, ProbePlan(test, from: input, to: output))
  }

  @Sendable public static func aDeathAfterTheCommitLeavesAll(_ test: LogUnderTest) throws {
    let (input, output) = try prepare(test, records: 40)
    try dieOnce(test, ProbePlan(test, from: input, to: output), .committed)
    try require(try !test.log.readAll(output).isEmpty, "a committed batch is lost")
    test.close()
    try finish(test, ProbePlan(test, from: input, to: output))
  }

  @Sendable public static func aRecordThatKillsThreeTimesIsPutAsideUnread(_ test: LogUnderTest) throws {
    let (input, output) = try prepare(test, records: 40)
    var plan = ProbePlan(test, from: input, to: output)
    plan.poison = "17"
    var deaths = 0
    while try Child(test, plan).waitForEnd() == nil {
      deaths += 1
      try require(deaths <= PoisonFile.maxDeaths, "the record killed a process for the \(deaths)th time")
    }
    try require(deaths == PoisonFile.maxDeaths, "the process died \(deaths) times")
    try test.checkCopies(of: input, in: output)
    let dead = try test.log.readAll(output).filter { $0.header(CopyHandler.death) != nil }
    try require(dead.map { $0.header(CopyHandler.death) } == ["process-killed"], "dead letters: \(dead.map(\.headers))")
  }

  /// Needs ``Capability/manyProcesses``.
  @Sendable public static func aZombieNeverCommitsAgain(_ test: LogUnderTest) throws {
    let (input, output) = try prepare(test, records: 2_000)
    let plan = ProbePlan(test, from: input, to: output)
    let zombie = try Child(test, plan)
    try zombie.waitForCommits(3)
    zombie.send(SIGSTOP)
    // A folder with the same name of its own gives the successor the same slot, although the zombie still holds the lock on its file.
    var successor = plan
    successor.folder = plan.folder + "-successor"
    try FileManager.default.createDirectory(atPath: successor.folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: plan.folder + "/folder-id", toPath: successor.folder + "/folder-id")
    Thread.sleep(forTimeInterval: Double(test.sessionTimeoutMilliseconds) / 1_000)
    try finish(test, successor)
    zombie.send(SIGCONT)
    let status = try zombie.waitForEnd()
    try require(status == ProbePlan.fencedStatus || status == 0, "the zombie ended with \(status.map(String.init) ?? "a signal")")
    try test.checkCopies(of: input, in: output)
  }

  /// Makes the topics and the input, and lets go of the log: the child may be the only one who opens it.
  private static func prepare(_ test: LogUnderTest, records: Int) throws -> (input: String, output: String) {
    let topics = (try test.topic("in"), try test.topic("out"))
    try test.appendNumbers(0..<records, to: topics.0)
    test.close()
    return topics
  }

  private static func dieOnce(_ test: LogUnderTest, _ plan: ProbePlan, _ death: ProbePlan.Death) throws {
    var plan = plan
    plan.death = death
    try require(try Child(test, plan).waitForEnd() == nil, "the child did not die")
  }

  private static func finish(_ test: LogUnderTest, _ plan: ProbePlan) throws {
    let status = try Child(test, plan).waitForEnd()
    try require(status == 0, "the child ended with \(status.map(String.init) ?? "a signal")")
    try test.checkCopies(of: plan.input, in: plan.output)
  }
}
