import EventLog

/// Reads what a topic holds now, for tools.
enum LogReader {
  static func readAll(_ topic: String, _ log: any EventLog, _ body: (Record) throws -> Void) throws {
    try read(log, try log.offsets(of: [topic], isolation: .readCommitted), body)
  }

  /// The last few records of each partition.
  static func readNewest(_ topic: String, _ log: any EventLog, _ body: (Record) throws -> Void) throws {
    let ranges = try log.offsets(of: [topic], isolation: .readCommitted)
    try read(log, ranges.mapValues { OffsetRange(low: max($0.low, $0.high - 3), high: $0.high) }, body)
  }

  private static func read(_ log: any EventLog, _ ranges: [TopicPartition: OffsetRange], _ body: (Record) throws -> Void) throws {
    var positions = ranges.mapValues(\.low)
    let follower = try log.openFollower(from: positions)
    defer { follower.close() }
    while ranges.contains(where: { positions[$0.key, default: 0] < $0.value.high }) {
      let poll = try follower.poll(maxRecords: 1_000, timeoutMilliseconds: 1_000)
      for record in poll.records {
        positions[record.partition] = record.offset + 1
        try body(record)
      }
      positions.merge(poll.positions) { max($0, $1) }
    }
  }
}
