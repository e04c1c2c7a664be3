import EventLog
import struct EventLog.Record
import Foundation
import Synchronization

/// A log in memory for the store's own tests: topics, partitions, committed offsets; like the real ones it leaves a gap after each step.
/// What drivers must promise is tested on the drivers.
final class MemoryLog: EventLog {
  private struct State {
    var records: [TopicPartition: [Record]] = [:]
    var next: [TopicPartition: Int64] = [:]
    var committed: [TopicPartition: Int64] = [:]
  }

  let partitions: Int32
  private let names: [String]
  private let state = Mutex(State())

  init(topics: [String], partitions: Int32 = 3) {
    names = topics
    self.partitions = partitions
  }

  let name = "memory"

  func clusterId() -> String { "memory" }

  func append(_ records: [OutgoingRecord]) async throws -> [Position] { write(records) }

  /// - Parameter inputs: what a step commits with its outputs; `nil` for an append.
  func write(_ records: [OutgoingRecord], inputs: [TopicPartition: Int64]? = nil) -> [Position] {
    state.withLock { state in
      if let inputs { state.committed.merge(inputs) { $1 } }
      let positions = records.map { record in
        let partition = TopicPartition(
          record.topic, record.key.map { Partitioner.partition(of: $0, count: partitions) } ?? 0)
        let offset = state.next[partition, default: 0]
        state.next[partition] = offset + 1
        state.records[partition, default: []].append(
          Record(
            partition: partition, offset: offset, timestamp: record.timestamp, key: record.key, value: record.value,
            headers: record.headers))
        return Position(partition, offset)
      }
      if inputs != nil { for partition in Set(positions.map(\.partition)) { state.next[partition, default: 0] += 1 } }
      return positions
    }
  }

  /// All records of a topic, partition by partition.
  func records(of topic: String) -> [Record] {
    state.withLock { state in state.records.filter { $0.key.topic == topic }.sorted { $0.key < $1.key }.flatMap(\.value) }
  }

  func read(from positions: [TopicPartition: Int64], max: Int) -> FollowPoll {
    state.withLock { state in
      var poll = FollowPoll()
      for (partition, next) in positions {
        let found = (state.records[partition] ?? []).filter { $0.offset >= next }.prefix(max)
        poll.records += found
        if let end = found.count == max ? found.last.map({ $0.offset + 1 }) : state.next[partition], end > next {
          poll.positions[partition] = end
        }
      }
      return poll
    }
  }

  func committed(of partitions: Set<TopicPartition>) -> [TopicPartition: Int64] {
    state.withLock { state in Dictionary(uniqueKeysWithValues: partitions.map { ($0, state.committed[$0] ?? 0) }) }
  }

  func openStep(_ settings: StepSettings) -> any StepConnection { MemoryStep(log: self, topics: settings.topics) }
  func openFollower(from positions: [TopicPartition: Int64]) -> any FollowConnection { MemoryFollower(log: self, positions: positions) }

  func offsets(of topics: [String], isolation: Isolation) -> [TopicPartition: OffsetRange] {
    state.withLock { state in
      Dictionary(uniqueKeysWithValues: all(topics).map { ($0, OffsetRange(low: 0, high: state.next[$0] ?? 0)) })
    }
  }

  func committedOffsets(group: String, topics: [String]) -> [TopicPartition: Int64] { committed(of: Set(all(topics))) }
  func topics() -> [String: Int32] { Dictionary(uniqueKeysWithValues: names.map { ($0, partitions) }) }
  func createTopics(_ topics: [TopicSettings], partitions: Int32) {}
  func close() {}

  func all(_ topics: [String]) -> [TopicPartition] { topics.flatMap { topic in (0..<partitions).map { TopicPartition(topic, $0) } } }
}

private final class MemoryFollower: FollowConnection {
  private let log: MemoryLog
  private let positions: Mutex<[TopicPartition: Int64]>

  init(log: MemoryLog, positions: [TopicPartition: Int64]) {
    self.log = log
    self.positions = Mutex(positions)
  }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) -> FollowPoll {
    for _ in 0..<max(1, timeoutMilliseconds / 2) {
      let poll = log.read(from: positions.withLock { $0 }, max: maxRecords)
      if !poll.positions.isEmpty {
        positions.withLock { $0.merge(poll.positions) { $1 } }
        return poll
      }
      Thread.sleep(forTimeInterval: 0.002)
    }
    return FollowPoll()
  }

  func wake() {}
  func close() {}
}

private final class MemoryStep: StepConnection {
  private let log: MemoryLog
  private var positions: [TopicPartition: Int64]
  private var paused: Set<TopicPartition> = []
  private var isAssigned = false

  init(log: MemoryLog, topics: [String]) {
    self.log = log
    positions = log.committed(of: Set(log.all(topics)))
  }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) -> StepPoll {
    if !isAssigned {
      isAssigned = true
      return StepPoll(assignment: Set(positions.keys))
    }
    let poll = log.read(from: positions.filter { !paused.contains($0.key) }, max: maxRecords)
    positions.merge(poll.positions) { $1 }
    if poll.records.isEmpty { Thread.sleep(forTimeInterval: 0.002) }
    return StepPoll(records: poll.records)
  }

  func pause(_ partitions: Set<TopicPartition>) { paused.formUnion(partitions) }
  func resume(_ partitions: Set<TopicPartition>) { paused.subtract(partitions) }
  func seek(_ offsets: [TopicPartition: Int64]) { positions.merge(offsets) { $1 } }

  func commit(outputs: [OutgoingRecord], inputs: [TopicPartition: Int64]) -> [Position] {
    log.write(outputs, inputs: inputs)
  }

  func committed() -> [TopicPartition: Int64] { log.committed(of: Set(positions.keys)) }
  func close() {}
}
