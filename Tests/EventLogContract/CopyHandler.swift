import EventLog
import Logging

/// A step whose every output names its input, so that a reader can count how often each was decided.
final class CopyHandler: StepHandler {
  /// What a test can look at and set from outside the step's thread.
  struct Trace: Sendable {
    var processed: [String] = []
    var committed = 0
    var aborted = 0
    var revoked = 0
    var assigned = 0
    var ends: [TopicPartition: Int64] = [:]
    var deadLetters: [String: String] = [:]
  }

  static let input = "input"
  static let death = "death"

  let output: String
  let trace: Shared<Trace>
  private let isCaughtUp: @Sendable ([TopicPartition: Int64]) throws -> Bool
  private let onBatch: @Sendable (StepBatch) throws -> Void
  private let onCommit: @Sendable () -> Void
  private var ends: [Int32: [TopicPartition: Int64]] = [:]
  private var batch: [String] = []

  init(
    output: String, trace: Shared<Trace> = Shared(Trace()),
    isCaughtUp: @escaping @Sendable ([TopicPartition: Int64]) throws -> Bool = { _ in true },
    onCommit: @escaping @Sendable () -> Void = {}, onBatch: @escaping @Sendable (StepBatch) throws -> Void = { _ in }
  ) {
    self.output = output
    self.trace = trace
    self.isCaughtUp = isCaughtUp
    self.onBatch = onBatch
    self.onCommit = onCommit
  }

  func assign(_ partition: Int32, ends: [TopicPartition: Int64]) throws {
    self.ends[partition] = ends
    trace.change {
      $0.assigned += 1
      $0.ends.merge(ends) { $1 }
    }
  }

  func isReady(_ partition: Int32) throws -> Bool { try isCaughtUp(ends[partition] ?? [:]) }

  func process(_ batch: StepBatch) throws -> [OutgoingRecord] {
    self.batch = batch.records.map(\.position.description)
    trace.change { $0.processed += self.batch }
    try onBatch(batch)
    let copies = batch.records.map { record in
      OutgoingRecord(
        topic: output, key: record.key, value: record.value, headers: [Header(Self.input, record.position.description)],
        timestamp: record.timestamp)
    }
    let ticks = batch.tick.map { time in
      batch.tickPartitions.sorted().map { number in
        OutgoingRecord(
          topic: output, key: [UInt8(truncatingIfNeeded: number)], value: nil, headers: [Header("tick", "\(number)")], timestamp: time)
      }
    }
    return copies + (ticks ?? [])
  }

  func committed(_ positions: [Position]) {
    trace.change { $0.committed += batch.count }
    onCommit()
  }

  func aborted() { trace.change { $0.aborted += 1 } }

  func revoke(_ partition: Int32) {
    ends[partition] = nil
    trace.change { $0.revoked += 1 }
  }

  func deadLetter(_ record: Record, reason: DeadLetterReason) -> [OutgoingRecord] {
    batch = [record.position.description]
    trace.change { $0.deadLetters[record.position.description] = reason.code }
    let headers = [Header(Self.input, record.position.description), Header(Self.death, reason.code)]
    return [OutgoingRecord(topic: output, key: record.key, value: nil, headers: headers, timestamp: record.timestamp)]
  }
}

extension LogUnderTest {
  /// Runs a copying step on a thread of its own.
  func startCopy(
    from input: String, to output: String, group: String = "copy", tickMilliseconds: Int? = nil, maxBatchRecords: Int = 100,
    _ makeHandler: @escaping @Sendable () -> CopyHandler
  ) throws -> Background<Void> {
    let plan = StepPlan(
      group: name(group), topics: [input], stateTopics: [output], stateSpansPartitions: true, maxBatchRecords: maxBatchRecords,
      tickMilliseconds: tickMilliseconds, sessionTimeoutMilliseconds: sessionTimeoutMilliseconds)
    let slot = try Slot(group: plan.group, folder: folder)
    let runner = try StepRunner(log: log, plan: plan, slot: slot, logger: quietLogger(), makeHandler: makeHandler)
    return Background { try runner.run(stop: $0) }
  }

  /// What a step does by the way is no news in a test's output.
  func quietLogger() -> Logger { Logger(label: "contract", factory: { _ in SwiftLogNoOpLogHandler() }) }

  /// Appends numbered records, one after the other for each key.
  @discardableResult
  func appendNumbers(_ numbers: Range<Int>, to topic: String, keys: Int = 16) throws -> [Position] {
    try log.appendNow(numbers.map { Sample.record(topic, key: "k\($0 % keys)", text: "\($0)") })
  }

  /// Waits until the group has committed all that stands in the topic.
  func waitUntilCommitted(_ topic: String, group: String = "copy") throws {
    let log = try log
    try waitUntil("the group \(group) has committed all of \(topic)") {
      try Progress.isDone(log, group: name(group), topic: topic)
    }
  }

  /// Holds the output against the input: each record exactly once, in its order for each key.
  func checkCopies(of input: String, in output: String) throws {
    let inputs = try log.readAll(input)
    let copies = try log.readAll(output).filter { $0.header(CopyHandler.input) != nil }
    let counts = Dictionary(grouping: copies) { $0.header(CopyHandler.input) ?? "" }.mapValues(\.count)
    for record in inputs {
      let count = counts[record.position.description] ?? 0
      try require(count == 1, "\(record.position) was decided \(count) times")
    }
    try require(copies.count == inputs.count, "\(copies.count) outputs of \(inputs.count) inputs")
    for (key, sent) in Dictionary(grouping: inputs, by: \.key) {
      let got = copies.filter { $0.key == key }.map { $0.header(CopyHandler.input) ?? "" }
      try require(got == sent.map(\.position.description), "the order of a key was lost: \(got)")
    }
  }
}

/// How far a group is.
enum Progress {
  static func isDone(_ log: any EventLog, group: String, topic: String) throws -> Bool {
    let committed = try log.committedOffsets(group: group, topics: [topic])
    return try log.offsets(of: [topic], isolation: .readCommitted).allSatisfy { $0.value.high <= committed[$0.key] ?? 0 }
  }
}

enum Sample {
  static let time: Int64 = 1_700_000_000_000

  static func record(_ topic: String, key: String?, text: String, headers: [Header] = []) -> OutgoingRecord {
    OutgoingRecord(topic: topic, key: key.map { Array($0.utf8) }, value: Array(text.utf8), headers: headers, timestamp: time)
  }

  static func text(_ record: Record) -> String { String(decoding: record.value ?? [], as: UTF8.self) }
}
