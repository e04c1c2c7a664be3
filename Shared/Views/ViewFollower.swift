import EventLog
import struct EventLog.Record
import GRDB
import Logging
import Metrics

/// One connection of a view to the log: takes records in batches and folds each batch in one transaction.
package struct ViewFollower<F: Fold> {
  static var maxBatchRecords: Int { 2_000 }
  static var pollTimeoutMilliseconds: Int { 1_000 }
  static var minBackoffMilliseconds: Int { 50 }
  static var maxBackoffMilliseconds: Int { 5_000 }

  let view: View<F>
  let connection: any FollowConnection
  private let folded: Counter
  private let skipped: Counter
  private let limit: [TopicPartition: Int64]?

  /// - Parameter limit: next offsets beyond which nothing is folded (to compare a rebuild with a view that stands there).
  package init(view: View<F>, limit: [TopicPartition: Int64]? = nil) throws {
    self.view = view
    self.limit = limit
    let counts = try view.log.topics()
    var positions = view.positions
    let ranges = try view.log.offsets(of: view.fold.topics, isolation: .readCommitted)
    for topic in view.fold.topics {
      guard let count = counts[topic] else { throw LogError.unknownTopic(topic) }
      for number in 0..<count {
        let partition = TopicPartition(topic, number)
        positions[partition] = positions[partition] ?? ranges[partition]?.low ?? 0
      }
    }
    view.board.advance(to: positions)
    connection = try view.log.openFollower(from: positions)
    folded = Counter(label: "parley_view_records", dimensions: [("view", view.fold.name)])
    skipped = Counter(label: "parley_view_skipped", dimensions: [("view", view.fold.name)])
  }

  package func foldOnce() throws {
    let poll = try connection.poll(maxRecords: Self.maxBatchRecords, timeoutMilliseconds: Self.pollTimeoutMilliseconds)
    let records = poll.records.filter { record in limit.map { record.offset < $0[record.partition] ?? 0 } ?? true }
    var next = poll.positions
    for record in poll.records { next[record.partition] = max(next[record.partition] ?? 0, record.offset + 1) }
    if let limit { next = next.reduce(into: [:]) { $0[$1.key] = min($1.value, limit[$1.key] ?? 0) } }
    if !records.isEmpty { try fold(records, next) }
    if !next.isEmpty { view.board.advance(to: next) }
  }

  private func fold(_ records: [Record], _ next: [TopicPartition: Int64]) throws {
    try view.database.pool.writeWithoutTransaction { db in
      do {
        try db.inTransaction(.immediate) {
          for record in records { try view.fold.apply(record, to: db) }
          try finish(records, next, db)
          return .commit
        }
      } catch let error where !(error is DatabaseError) {
        try foldSingly(records, next, db)
      }
    }
    folded.increment(by: records.count)
  }

  /// Some record cannot be folded: finds it, skips it, and keeps the rest.
  private func foldSingly(_ records: [Record], _ next: [TopicPartition: Int64], _ db: Database) throws {
    try db.inTransaction(.immediate) {
      for record in records {
        try db.inSavepoint {
          do {
            try view.fold.apply(record, to: db)
            return .commit
          } catch let error where !(error is DatabaseError) {
            view.logger.error(
              "record skipped by a view",
              metadata: ["view": "\(view.fold.name)", "position": "\(record.position)", "reason": "\(error)"])
            skipped.increment()
            return .rollback
          }
        }
      }
      try finish(records, next, db)
      return .commit
    }
  }

  private func finish(_ records: [Record], _ next: [TopicPartition: Int64], _ db: Database) throws {
    try ViewDatabase.save(next, db)
    if let newest = records.map(\.timestamp).max() { try view.fold.prune(db, newest: newest) }
  }
}
