import EventLog
import struct EventLog.Record
import Synchronization

/// A log in memory, for one thread: it costs next to nothing, so what is measured over it is all that happens between log and view.
final class ArrayLog: EventLog {
  static let partitions: Int32 = 12

  private struct State {
    var records: [TopicPartition: [Record]] = [:]
  }

  let name = "array"
  private let names: [String]
  private let state = Mutex(State())

  init(topics: [String]) { names = topics }

  /// - Returns: the records as a reader gets them.
  func add(_ records: [OutgoingRecord]) -> [Record] {
    state.withLock { state in
      records.map { outgoing in
        let number = Partitioner.partition(of: outgoing.key ?? [], count: Self.partitions)
        let partition = TopicPartition(outgoing.topic, number)
        let record = Record(
          partition: partition, offset: Int64(state.records[partition]?.count ?? 0), timestamp: outgoing.timestamp, key: outgoing.key,
          value: outgoing.value, headers: outgoing.headers)
        state.records[partition, default: []].append(record)
        return record
      }
    }
  }

  func records(of partition: TopicPartition, from offset: Int64, atMost count: Int) -> ArraySlice<Record> {
    state.withLock { $0.records[partition]?.dropFirst(Int(offset)).prefix(count) ?? [] }
  }

  func clusterId() throws -> String { name }
  func topics() throws -> [String: Int32] { Dictionary(uniqueKeysWithValues: names.map { ($0, Self.partitions) }) }
  func openFollower(from positions: [TopicPartition: Int64]) throws -> any FollowConnection { ArrayFollower(self, positions) }

  func offsets(of topics: [String], isolation: Isolation) throws -> [TopicPartition: OffsetRange] {
    state.withLock { state in
      var ranges: [TopicPartition: OffsetRange] = [:]
      for partition in topics.flatMap({ topic in (0..<Self.partitions).map { TopicPartition(topic, $0) } }) {
        ranges[partition] = OffsetRange(low: 0, high: Int64(state.records[partition]?.count ?? 0))
      }
      return ranges
    }
  }

  func append(_ records: [OutgoingRecord]) async throws -> [Position] { add(records).map(\.position) }
  func openStep(_ settings: StepSettings) throws -> any StepConnection { throw LogError.unusable("\(name) has no steps") }
  func committedOffsets(group: String, topics: [String]) throws -> [TopicPartition: Int64] { [:] }
  func createTopics(_ topics: [TopicSettings], partitions: Int32) throws {}
  func close() {}
}

/// Reads an ``ArrayLog``, never waiting.
private final class ArrayFollower: FollowConnection {
  private let log: ArrayLog
  private let next: Mutex<[TopicPartition: Int64]>

  init(_ log: ArrayLog, _ positions: [TopicPartition: Int64]) {
    self.log = log
    next = Mutex(positions)
  }

  func poll(maxRecords: Int, timeoutMilliseconds: Int) throws -> FollowPoll {
    next.withLock { next in
      var poll = FollowPoll()
      for (partition, offset) in next {
        let records = log.records(of: partition, from: offset, atMost: maxRecords - poll.records.count)
        guard let last = records.last else { continue }
        poll.records += records
        poll.positions[partition] = last.offset + 1
      }
      next.merge(poll.positions) { $1 }
      return poll
    }
  }

  func wake() {}
  func close() {}
}
