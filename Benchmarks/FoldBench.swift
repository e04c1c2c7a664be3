import ConversationStoreApp
import EventLog
import struct EventLog.Record
import Events
import Foundation
import GRDB
import IngestGatewayApp
import IngestGatewayCore
import Logging
import SimulatedMeta
import Views

/// From raw bodies to the rows of both views, against a plain loop that inserts the same rows.
///
/// In the clock are the real handlers and views: normalise and decide (reading their views, decoding, encoding) and both folds. The log
/// between them is an array.
struct FoldBench {
  static let customers = 5_000
  static let bodies = 10_000
  static let rounds = 3
  static let bodiesPerBatch = 200
  static let workspace = WorkspaceId("bench")

  let folder: String

  func run(_ figures: inout Figures) throws {
    var rounds: [Round] = []
    for number in 0..<Self.rounds { rounds.append(try round(folder: "\(folder)/round-\(number)")) }
    rounds.sort { $0.ratio < $1.ratio }
    let median = rounds[rounds.count / 2]
    figures.add("bodies a second, normalised, decided and folded", String(format: "%.0f", Double(Self.bodies) / median.stages.total))
    figures.add("rows a second, normalised, decided and folded", String(format: "%.0f", Double(median.rows) / median.stages.total))
    figures.add("rows a second, plainly inserted", String(format: "%.0f", Double(median.rows) / median.insertSeconds))
    figures.add("of one body", median.stages.description)
    figures.add("normalise and fold / plain insert loop of the same rows", ratio: median.ratio, atLeast: 0.4)
  }

  private struct Round {
    let stages: Stages
    let rows: Int
    let insertSeconds: Double
    var ratio: Double { insertSeconds / stages.total }
  }

  private func round(folder: String) throws -> Round {
    let log = ArrayLog(topics: Topics.all.map(\.name))
    let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    let ingest = try View(folder: folder + "/fold", fold: IngestFold(), log: log, logger: logger)
    let conversations = try View(folder: folder + "/fold", fold: ConversationsFold(), log: log, logger: logger)
    let stages = try measure(log, ingest, conversations)

    let loop = folder + "/loop"
    let insertIngest = try View(folder: loop, fold: IngestFold(), log: log, logger: logger)
    let insertConversations = try View(folder: loop, fold: ConversationsFold(), log: log, logger: logger)
    let transactions = Self.bodies / Self.bodiesPerBatch
    let first = try InsertLoop(from: ingest, to: insertIngest, transactions: transactions)
    let second = try InsertLoop(from: conversations, to: insertConversations, transactions: transactions)
    let insertSeconds = try seconds {
      try first.run()
      try second.run()
    }
    return Round(stages: stages, rows: first.rowCount + second.rowCount, insertSeconds: insertSeconds)
  }

  private func measure(_ log: ArrayLog, _ ingest: View<IngestFold>, _ conversations: View<ConversationsFold>) throws -> Stages {
    let plan = TrafficPlan(seed: 7, customers: Self.customers, deliveries: Self.bodies, startsAt: 1_790_000_000, duplicatePercent: 2)
    let bodies = Traffic(plan).prefix(Self.bodies).map { body in
      RawRecord(app: "main", body: body.bytes, receivedAt: Timestamp(milliseconds: 1_790_000_000_000), contentType: "application/json")
    }
    let normalise = NormaliseHandler(normaliser: Normaliser(workspace: Self.workspace, secret: Array("bench".utf8)), view: ingest)
    let decide = DecideHandler(view: conversations, workspace: Self.workspace)
    let ingestFollower = try ViewFollower(view: ingest)
    let conversationsFollower = try ViewFollower(view: conversations)
    var stages = Stages()
    for first in stride(from: 0, to: bodies.count, by: Self.bodiesPerBatch) {
      let raw = log.add(bodies[first..<min(first + Self.bodiesPerBatch, bodies.count)].map(\.outgoing))
      let normalised = try stages.time(\.normalise) { try step(normalise, raw, log) }
      try stages.time(\.ingestFold) { try foldAll(ingest, ingestFollower, log) }
      let inputs = normalised.filter { DecideHandler.plan.topics.contains($0.topic) }
      _ = try stages.time(\.decide) { try step(decide, inputs, log) }
      try stages.time(\.conversationsFold) { try foldAll(conversations, conversationsFollower, log) }
    }
    return stages
  }

  private func step(_ handler: any StepHandler, _ records: [Record], _ log: ArrayLog) throws -> [Record] {
    let outputs = log.add(try handler.process(StepBatch(records: records)))
    handler.committed(outputs.map(\.position))
    return outputs
  }

  private func foldAll<F: Fold>(_ view: View<F>, _ follower: ViewFollower<F>, _ log: ArrayLog) throws {
    let ends = try log.offsets(of: view.fold.topics, isolation: .readCommitted).mapValues(\.high)
    while !view.hasReached(ends) { try follower.foldOnce() }
  }
}

/// Seconds of each stage.
private struct Stages: CustomStringConvertible {
  var normalise = 0.0
  var ingestFold = 0.0
  var decide = 0.0
  var conversationsFold = 0.0

  var total: Double { normalise + ingestFold + decide + conversationsFold }

  mutating func time<T>(_ stage: WritableKeyPath<Stages, Double>, _ work: () throws -> T) rethrows -> T {
    let start = ContinuousClock.now
    let result = try work()
    self[keyPath: stage] += start.duration(to: .now) / .seconds(1)
    return result
  }

  /// Microseconds of a body.
  var description: String {
    [("normalise", normalise), ("its fold", ingestFold), ("decide", decide), ("its fold", conversationsFold)]
      .map { "\($0) \(Int($1 * 1e6 / Double(FoldBench.bodies))) µs" }.joined(separator: ", ")
  }
}
