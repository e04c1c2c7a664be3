import EventLog
// GRDB has a `Record` too.
import struct EventLog.Record
import Foundation
import GRDB

/// A partition that is read.
struct OpenPartition: Sendable {
  let name: TopicPartition
  let id: PartitionId
}

/// A read connection of its own. Used from one thread.
final class PartitionReader: Sendable {
  private let file: LogFile
  private let queue: DatabaseQueue
  private let maxBytes: Int

  init(_ file: LogFile, maxBytes: Int) throws {
    self.file = file
    self.maxBytes = maxBytes
    queue = try file.openReader()
  }

  /// Reads on in several partitions, in their order, until either bound is met; moves `next` past what was read, and past gaps.
  func read(
    _ partitions: [OpenPartition], _ catalogue: Catalogue, next: inout [PartitionId: Int64], maxRecords: Int
  ) throws -> [Record] {
    let states = catalogue.partitions(partitions.lazy.map(\.id))
    let behind = partitions.filter { states[$0.id]?.visible ?? 0 > next[$0.id] ?? 0 }
    if behind.isEmpty { return [] }
    var moved = next
    let records = try file.checked {
      try queue.read { db in
        var records: [Record] = []
        var bytes = 0
        // Everybody gets a share first, so a busy partition does not hold up the others.
        for share in [max(1, maxRecords / behind.count), maxRecords] {
          for partition in behind {
            guard let state = states[partition.id], let from = moved[partition.id], from < state.visible else { continue }
            let limit = min(share, maxRecords - records.count)
            if limit <= 0 || (bytes >= maxBytes && !records.isEmpty) { return (records, moved) }
            moved[partition.id] = try read(db, partition, from..<state.visible, limit: limit, &bytes, into: &records)
            // After the read: retention raises the low end before its deletions can be seen.
            let low = catalogue.partition(partition.id)?.low ?? 0
            guard from >= low else {
              throw LogError.position("the next record of \(partition.name) is \(from), but the log begins at \(low)")
            }
          }
        }
        return (records, moved)
      }
    }
    next = records.1
    return records.0
  }

  /// The group's offsets as they stand.
  func groupOffsets(_ group: String, _ partitions: [PartitionId]) throws -> [PartitionId: Int64] {
    try file.checked { try queue.read { try WriteTransaction.groupOffsets($0, group, partitions) } }
  }

  func clusterId() throws -> String { try file.checked { try queue.read(LogSchema.clusterId) } }

  /// Takes over the topics and ends that another process has written.
  func refresh(_ catalogue: Catalogue) throws { try file.checked { try queue.read { try LogSchema.load($0, into: catalogue) } } }

  func close() { try? queue.close() }

  /// - Returns: the offset from which to read on.
  private func read(
    _ db: Database, _ partition: OpenPartition, _ range: Range<Int64>, limit: Int, _ bytes: inout Int, into records: inout [Record]
  ) throws -> Int64 {
    let select = try db.cachedStatement(
      sql: "SELECT id, timestamp, key, value, headers FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
    let rows = try Row.fetchCursor(select, arguments: [partition.id.key(range.lowerBound), partition.id.key(range.upperBound), limit])
    var taken = 0
    var next = range.lowerBound
    while let row = try rows.next() {
      let record = try record(row, partition.name)
      records.append(record)
      taken += 1
      next = record.offset + 1
      bytes += (record.key?.count ?? 0) + (record.value?.count ?? 0)
      if bytes >= maxBytes { return next }
    }
    return taken < limit ? range.upperBound : next
  }

  private func record(_ row: Row, _ partition: TopicPartition) throws -> Record {
    let offset = PartitionId.offset(ofKey: row[0])
    guard let headers = HeaderCoding.decode(try bytes(row, 4) ?? []) else {
      throw LogError.unusable("\(file.path) is damaged: the headers of \(partition)@\(offset) cannot be read")
    }
    return Record(
      partition: partition, offset: offset, timestamp: row[1], key: try bytes(row, 2), value: try bytes(row, 3), headers: headers)
  }

  private func bytes(_ row: Row, _ column: Int) throws -> [UInt8]? {
    try row.withUnsafeData(atIndex: column) { data in data.map { [UInt8]($0) } }
  }
}
