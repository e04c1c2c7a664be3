import EventLog
import Synchronization

/// A topic as the file holds it.
struct TopicEntry: Sendable, Hashable {
  let id: Int64
  let settings: TopicSettings
  let partitions: Int32

  var ids: [PartitionId] { (0..<partitions).map { PartitionId(topic: id, partition: $0) } }
}

/// What is held of a partition. `visible` is behind `end` only while a test delays it.
struct PartitionState: Sendable, Hashable {
  var low: Int64
  var end: Int64
  var visible: Int64
}

/// The topics and the ends of their partitions, as of the last transaction that stands; readers go by it and never past it.
final class Catalogue: Sendable {
  private struct State {
    var topics: [String: TopicEntry] = [:]
    var partitions: [PartitionId: PartitionState] = [:]
  }

  private let state = Mutex(State())

  func topic(_ name: String) throws -> TopicEntry {
    guard let entry = state.withLock({ $0.topics[name] }) else { throw LogError.unknownTopic(name) }
    return entry
  }

  func id(of partition: TopicPartition) throws -> PartitionId {
    let entry = try topic(partition.topic)
    guard (0..<entry.partitions).contains(partition.partition) else {
      throw LogError.position("there is no partition \(partition.partition) of \(partition.topic); it has \(entry.partitions)")
    }
    return PartitionId(topic: entry.id, partition: partition.partition)
  }

  var topics: [TopicEntry] { state.withLock { $0.topics.values.sorted { $0.id < $1.id } } }

  func partition(_ id: PartitionId) -> PartitionState? { state.withLock { $0.partitions[id] } }

  /// The states of several partitions at one moment.
  func partitions(_ ids: some Sequence<PartitionId>) -> [PartitionId: PartitionState] {
    state.withLock { state in ids.reduce(into: [:]) { $0[$1] = state.partitions[$1] } }
  }

  func add(_ entries: [TopicEntry]) {
    state.withLock { state in
      for entry in entries {
        state.topics[entry.settings.name] = entry
        for id in entry.ids where state.partitions[id] == nil { state.partitions[id] = PartitionState(low: 0, end: 0, visible: 0) }
      }
    }
  }

  func setEnds(_ ends: [PartitionId: Int64], visible: Bool) {
    state.withLock { state in
      for (id, end) in ends {
        state.partitions[id]?.end = end
        if visible { state.partitions[id]?.visible = end }
      }
    }
  }

  /// Lets readers see all that stands.
  func showAll() {
    state.withLock { state in
      for (id, partition) in state.partitions { state.partitions[id]?.visible = partition.end }
    }
  }

  func setLow(_ id: PartitionId, _ low: Int64) { state.withLock { $0.partitions[id]?.low = low } }

  /// Replaces what is known by what a file says.
  func load(_ entries: [TopicEntry], _ partitions: [PartitionId: PartitionState]) {
    add(entries)
    state.withLock { $0.partitions.merge(partitions) { $1 } }
  }
}
