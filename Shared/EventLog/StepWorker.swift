import Logging
import Metrics

/// Runs one batch: decide, commit, and, where a record is bad, find it and put it aside.
struct StepWorker {
  let plan: StepPlan
  let connection: any StepConnection
  let handler: any StepHandler
  let logger: Logger

  private let processed: Counter
  private let deadLettered: Counter

  init(plan: StepPlan, connection: any StepConnection, handler: any StepHandler, logger: Logger) {
    self.plan = plan
    self.connection = connection
    self.handler = handler
    self.logger = logger
    processed = Counter(label: "parley_step_records", dimensions: [("group", plan.group)])
    deadLettered = Counter(label: "parley_step_dead_letters", dimensions: [("group", plan.group)])
  }

  /// - Throws: what ``StepRunner/isPassing(_:)`` calls passing, after which the batch comes again; or what ends the step.
  func work(_ batch: StepBatch, _ poison: inout PoisonFile) throws {
    if poison.hasSuspects, batch.records.contains(where: { poison.isSuspect($0) }) {
      return try workSingly(batch, &poison)
    }
    poison.begin(batch.records)
    do {
      let outputs = try handler.process(batch)
      try commit(outputs, batch.records)
    } catch  where Self.isRecordFault(error) {
      handler.aborted()
      if batch.records.isEmpty {
        logger.error("a tick failed", metadata: ["group": "\(plan.group)", "error": "\(error)"])
      } else {
        try workSingly(batch, &poison)
      }
    }
    poison.end(committed: Self.nextOffsets(batch.records))
  }

  private func workSingly(_ batch: StepBatch, _ poison: inout PoisonFile) throws {
    for record in batch.records {
      let deaths = poison.deaths(of: record)
      if deaths >= PoisonFile.maxDeaths {
        try giveUp(record, .killed(times: deaths))
      } else {
        poison.begin([record])
        do {
          try commit(try handler.process(StepBatch(records: [record])), [record])
        } catch  where Self.isRecordFault(error) {
          handler.aborted()
          try giveUp(record, .failed("\(error)"))
        }
      }
      poison.end(committed: Self.nextOffsets([record]))
    }
  }

  private func giveUp(_ record: Record, _ reason: DeadLetterReason) throws {
    logger.error(
      "record dead-lettered", metadata: ["group": "\(plan.group)", "position": "\(record.position)", "reason": "\(reason.code)"])
    try commit(handler.deadLetter(record, reason: reason), [record])
    deadLettered.increment()
  }

  private func commit(_ outputs: [OutgoingRecord], _ records: [Record]) throws {
    let positions = try connection.commit(outputs: outputs, inputs: Self.nextOffsets(records))
    handler.committed(positions)
    processed.increment(by: records.count)
  }

  /// Errors of the log and of the handler's state say nothing about the record; but what becomes too large for its topic was made from it.
  static func isRecordFault(_ error: any Error) -> Bool {
    if case .tooLarge? = error as? LogError { return true }
    return !(error is LogError) && !(error is StateUnavailable)
  }

  static func nextOffsets(_ records: [Record]) -> [TopicPartition: Int64] {
    var next: [TopicPartition: Int64] = [:]
    for record in records { next[record.partition] = record.offset + 1 }
    return next
  }
}
