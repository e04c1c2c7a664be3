import EventLog
import Foundation
import GRDB
import Synchronization

/// Retention and compaction in the background, a slice at a time so that appends never wait long.
final class Maintenance: Sendable {
  private struct Slice {
    var deleted = 0
    /// Where the next slice begins; `nil` when this was the last.
    var next: Int64?
  }

  private static let dayMilliseconds: Int64 = 86_400_000

  private let writer: LogWriter
  private let catalogue: Catalogue
  private let settings: EmbeddedSettings
  private let stopped = Monitor(false)
  /// Set until the journal has been cut after a deletion: a busy reader can put that off to the next pass.
  private let journalHoldsDeleted = Atomic(false)

  init(_ writer: LogWriter, _ catalogue: Catalogue, _ settings: EmbeddedSettings) {
    self.writer = writer
    self.catalogue = catalogue
    self.settings = settings
  }

  func start() {
    let thread = Thread { [self] in
      while stopped.wait(until: .after(milliseconds: settings.maintenanceIntervalMilliseconds), for: { $0 ? true : nil }) == nil {
        // What a full or busy disk refuses now is tried again at the next turn; appends report the same trouble to their callers.
        try? run()
      }
    }
    thread.name = "event-log-maintenance"
    thread.start()
  }

  func stop() { stopped.update { $0 = true } }

  /// One pass over all topics.
  func run() throws {
    for topic in catalogue.topics {
      for id in topic.ids {
        switch topic.settings.retention {
        case .forever: break
        case .days(let days): try slices(of: id) { try self.expire($0, id, from: $1, days: days) }
        case .compacted: try slices(of: id) { try self.compact($0, id, from: $1) }
        }
      }
    }
    // What was deleted is overwritten in the file, but still stands in the journal.
    guard journalHoldsDeleted.load(ordering: .relaxed) else { return }
    try writer.truncateJournal()
    journalHoldsDeleted.store(false, ordering: .relaxed)
  }

  private func slices(of id: PartitionId, _ work: @escaping @Sendable (Database, Int64) throws -> Slice) throws {
    var from = catalogue.partition(id)?.low
    while let start = from, !stopped.withLock({ $0 }) {
      let slice = try writer.perform(isExclusive: true) { try work($0.db, start) }
      if slice.deleted > 0 { journalHoldsDeleted.store(true, ordering: .relaxed) }
      from = slice.next
    }
  }

  /// Deletes from the low end what is older than the retention; the low end rises.
  private func expire(_ db: Database, _ id: PartitionId, from: Int64, days: Int) throws -> Slice {
    let cutoff = settings.now() - Int64(days) * Self.dayMilliseconds
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, timestamp FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
      arguments: [id.key(from), id.key(PartitionId.maxOffset), settings.maintenanceSliceRecords])
    let old = rows.prefix { $0[1] < cutoff }
    guard let last: Int64 = old.last?[0] else { return Slice() }
    let low = PartitionId.offset(ofKey: last) + 1
    try db.execute(sql: "DELETE FROM records WHERE id >= ? AND id <= ?", arguments: [id.key(0), last])
    try db.execute(sql: "UPDATE partitions SET low = ? WHERE id = ?", arguments: [low, id.rawValue])
    // Readers learn of it before the transaction stands: the other way round they would find a hole and take it for the end.
    catalogue.setLow(id, low)
    return Slice(deleted: old.count, next: old.count == settings.maintenanceSliceRecords ? low : nil)
  }

  /// Deletes what a newer record of the same key replaces, and tombstones that have stood long enough. Goes from the low end up, so
  /// when a tombstone goes, the records it removes have gone.
  private func compact(_ db: Database, _ id: PartitionId, from: Int64) throws -> Slice {
    let keys = try Int64.fetchAll(
      db, sql: "SELECT id FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
      arguments: [id.key(from), id.key(PartitionId.maxOffset), settings.maintenanceSliceRecords])
    guard let first = keys.first, let last = keys.last else { return Slice() }
    let cutoff = settings.now() - Int64(settings.tombstoneRetentionDays) * Self.dayMilliseconds
    try db.execute(
      sql: """
        DELETE FROM records WHERE id BETWEEN ? AND ? AND compacted IS NOT NULL AND key IS NOT NULL AND (
          (value IS NULL AND timestamp < ?)
          OR EXISTS (
            SELECT 1 FROM records AS newer
            WHERE newer.compacted IS NOT NULL AND newer.key = records.key AND newer.id > records.id AND newer.id < ?))
        """, arguments: [first, last, cutoff, id.key(PartitionId.maxOffset)])
    let isFull = keys.count == settings.maintenanceSliceRecords
    return Slice(deleted: db.changesCount, next: isFull ? PartitionId.offset(ofKey: last) + 1 : nil)
  }
}
