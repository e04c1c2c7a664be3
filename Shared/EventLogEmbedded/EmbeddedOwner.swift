import EventLog
import Foundation
import Synchronization

/// What the one process that writes to the file holds: its lock, the writer, the groups and the background work.
final class EmbeddedOwner: Sendable {
  let file: LogFile
  let settings: EmbeddedSettings
  let catalogue: Catalogue
  let readers: ReaderBoard
  let writer: LogWriter
  let coordinator: GroupCoordinator
  /// Held until ``close()``.
  private let lock: Mutex<FileLock?>
  private let maintenance: Maintenance
  /// Deals records without a key out in turn.
  private let keyless = Atomic<UInt32>(0)

  init(_ file: LogFile, _ catalogue: Catalogue, _ readers: ReaderBoard, _ settings: EmbeddedSettings) throws {
    self.file = file
    self.catalogue = catalogue
    self.readers = readers
    self.settings = settings
    lock = Mutex(try Self.lock(file.folder))
    writer = try LogWriter(file, catalogue, readers, settings)
    coordinator = GroupCoordinator(readers)
    maintenance = Maintenance(writer, catalogue, settings)
    writer.start()
    maintenance.start()
  }

  /// Checks a record and finds its partition.
  func place(_ record: OutgoingRecord) throws -> PlacedRecord {
    let topic = try catalogue.topic(record.topic)
    guard record.size <= topic.settings.maxMessageBytes else {
      throw LogError.tooLarge(topic: record.topic, bytes: record.size, limitBytes: topic.settings.maxMessageBytes)
    }
    let partition =
      record.key.map { Partitioner.partition(of: $0, count: topic.partitions) }
      ?? Int32(keyless.add(1, ordering: .relaxed).oldValue % UInt32(topic.partitions))
    return PlacedRecord(
      partition: PartitionId(topic: topic.id, partition: partition), compacted: topic.settings.retention == .compacted, record: record)
  }

  func append(_ records: [OutgoingRecord]) async throws -> [Position] {
    let placed = try records.map(place)
    let bytes = records.reduce(0) { $0 + $1.size }
    return try await withCheckedThrowingContinuation { continuation in
      let item = WriteItem(records: placed.count, bytes: bytes, reply: { continuation.resume(with: $0) }) { transaction in
        try transaction.append(placed)
      }
      writer.submit(item, bounded: true)
    }
  }

  func createTopics(_ topics: [TopicSettings], partitions: Int32) throws {
    guard (1...PartitionId.maxPartitions).contains(partitions) else {
      throw LogError.unusable("a topic has 1 to \(PartitionId.maxPartitions) partitions, not \(partitions)")
    }
    catalogue.add(
      try writer.perform(isExclusive: true) { try LogSchema.createTopics($0.db, topics, partitions: partitions) })
  }

  /// Runs retention and compaction now, instead of waiting for their turn. Blocks.
  func maintain() throws { try maintenance.run() }

  func close() throws {
    defer { lock.withLock { $0 = nil } }
    maintenance.stop()
    try writer.close()
    readers.wakeAll()
  }

  private static func lock(_ folder: String) throws -> FileLock {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw LogError.unusable("the data folder \(folder) cannot be made or written: \(error.localizedDescription)")
    }
    guard let lock = try FileLock(path: folder + "/log.lock") else {
      throw LogError.unusable("the data folder \(folder) is in use by another process")
    }
    return lock
  }
}
