import EventLog

/// A member of a step group that a case drives by hand.
final class Member {
  let connection: any StepConnection
  private(set) var assigned: Set<TopicPartition> = []

  init(_ test: LogUnderTest, _ input: String, _ name: String) throws {
    connection = try test.log.openStep(test.stepSettings([input], member: name))
  }

  /// Polls once; takes note of a new assignment.
  func pollOnce(_ maxRecords: Int = 1_000) throws -> [Record] {
    let poll = try connection.poll(maxRecords: maxRecords, timeoutMilliseconds: 50)
    if let assignment = poll.assignment { assigned = assignment }
    return poll.records
  }

  /// Polls until so many records have come.
  func poll(_ count: Int) throws -> [Record] {
    var records: [Record] = []
    try waitUntil("\(count) records are polled") {
      records += try pollOnce()
      return records.count >= count
    }
    try require(records.count == count, "\(records.count) records came instead of \(count)")
    return records
  }

  func waitForPartitions(_ count: Int) throws {
    try waitUntil("\(count) partitions are assigned") {
      let records = try pollOnce(1)
      if !records.isEmpty { try goBack() }
      return assigned.count == count
    }
  }

  /// Commits copies of the records together with their offsets.
  func commit(_ records: [Record], to output: String) throws -> [Position] {
    var next: [TopicPartition: Int64] = [:]
    for record in records { next[record.partition] = record.offset + 1 }
    let copies = records.map { record in
      OutgoingRecord(
        topic: output, key: record.key, value: record.value, headers: [Header(CopyHandler.input, record.position.description)],
        timestamp: record.timestamp)
    }
    return try connection.commit(outputs: copies, inputs: next)
  }

  /// Commits, or goes back where the log has undone it.
  func commitOrGoBack(_ records: [Record], to output: String) throws {
    do { _ = try commit(records, to: output) } catch LogError.aborted { try goBack() }
  }

  /// Copies what one poll brings.
  func copyOnce(to output: String) throws {
    let records = try pollOnce()
    if !records.isEmpty { try commitOrGoBack(records, to: output) }
  }

  func goBack() throws { try connection.seek(try connection.committed()) }
  func close() { connection.close() }
}
