import EventLog
import Foundation
import Logging

/// What a child process does: it copies a topic, and may kill itself on the way.
public struct ProbePlan: Codable, Sendable {
  enum Death: String, Codable, Sendable {
    /// While a batch is decided: nothing of it is written.
    case deciding
    /// After the commit, before anybody is told.
    case committed
  }

  var folder: String
  var group: String
  var input: String
  var output: String
  var sessionTimeoutMilliseconds: Int
  var maxBatchRecords = 10
  var death: Death?
  /// The text of a record that kills the process whenever it is decided.
  var poison: String?

  /// The exit status of a process that was fenced.
  static let fencedStatus: Int32 = 3

  public init(argument: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(argument.utf8)) }

  init(_ test: LogUnderTest, from input: String, to output: String) {
    folder = test.folder
    group = test.name("copy")
    self.input = input
    self.output = output
    sessionTimeoutMilliseconds = test.sessionTimeoutMilliseconds
  }

  func argument() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

  /// Where the child leaves one byte for each commit.
  var progressPath: String { folder + "/progress" }

  /// Copies until the group has committed all of the input. Blocks.
  ///
  /// - Returns: the exit status.
  public func run(_ log: any EventLog) throws -> Int32 {
    let plan = StepPlan(
      group: group, topics: [input], stateTopics: [output], stateSpansPartitions: true, maxBatchRecords: maxBatchRecords,
      sessionTimeoutMilliseconds: sessionTimeoutMilliseconds)
    let slot = try Slot(group: group, folder: folder)
    let runner = StepRunner(log: log, plan: plan, slot: slot, logger: Logger(label: "probe")) { handler() }
    let copy = Background { try runner.run(stop: $0) }
    defer { log.close() }
    do {
      try waitUntil("all is copied") { try copy.hasEnded || Progress.isDone(log, group: group, topic: input) }
      try copy.finish()
      return 0
    } catch LogError.fenced {
      return Self.fencedStatus
    }
  }

  private func handler() -> CopyHandler {
    let progress = FileHandle(forWritingAtPath: progressPath)
    _ = try? progress?.seekToEnd()
    return CopyHandler(
      output: output,
      onCommit: {
        if death == .committed { Self.dieNow() }
        try? progress?.write(contentsOf: [1])
      },
      onBatch: { batch in
        if death == .deciding || batch.records.contains(where: { Sample.text($0) == poison }) { Self.dieNow() }
      })
  }

  /// As if by `kill -9`: nothing is flushed, nobody is told.
  private static func dieNow() { kill(getpid(), SIGKILL) }
}
