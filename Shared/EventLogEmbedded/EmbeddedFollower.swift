import EventLog
import Synchronization

/// Reads committed records at offsets of its own.
final class EmbeddedFollower: FollowConnection {
  /// How often a reader in another process looks at the file.
  private static let filePollMilliseconds = 100

  private let catalogue: Catalogue
  private let readers: ReaderBoard
  private let reader: PartitionReader
  private let partitions: [OpenPartition]
  private let signal: ReaderSignal
  private let watchesFile: Bool
  private let next: Mutex<[PartitionId: Int64]>

  /// - Parameter watchesFile: whether another process writes, of whose commits nobody tells.
  init(_ catalogue: Catalogue, _ readers: ReaderBoard, _ reader: PartitionReader, from: [TopicPartition: Int64], watchesFile: Bool) throws {
    self.catalogue = catalogue
    self.readers = readers
    self.reader = reader
    self.watchesFile = watchesFile
    var next: [PartitionId: Int64] = [:]
    var partitions: [OpenPartition] = []
    for (partition, offset) in from.sorted(by: { $0.key < $1.key }) {
      let id = try catalogue.id(of: partition)
      let state = catalogue.partition(id) ?? PartitionState(low: 0, end: 0, visible: 0)
      guard (state.low...state.end).contains(offset) else {
        throw LogError.position("asked for \(partition) from \(offset) on, but the log holds \(state.low) to \(state.end)")
      }
      next[id] = offset
      partitions.append(OpenPartition(name: partition, id: id))
    }
    self.partitions = partitions
    self.next = Mutex(next)
    signal = ReaderSignal(topics: Set(partitions.map(\.id.topic)))
    readers.add(signal)
  }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> FollowPoll {
    let deadline = Deadline.after(milliseconds: timeoutMilliseconds)
    while true {
      if watchesFile { try reader.refresh(catalogue) }
      let poll = try next.withLock { next in
        let before = next
        let records = try reader.read(partitions, catalogue, next: &next, maxRecords: maxRecords)
        let positions: [TopicPartition: Int64] = partitions.reduce(into: [:]) { moved, partition in
          if next[partition.id] != before[partition.id] { moved[partition.name] = next[partition.id] }
        }
        return FollowPoll(records: records, positions: positions)
      }
      if !poll.positions.isEmpty || deadline.isPast { return poll }
      let look = watchesFile ? Deadline.after(milliseconds: Self.filePollMilliseconds) : deadline
      if signal.wait(until: min(look, deadline)) { return poll }
    }
  }

  func wake() { signal.wake() }

  func close() {
    readers.remove(signal)
    reader.close()
  }
}
