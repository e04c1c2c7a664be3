import EventLog
import EventLogKafka
import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(3)))
struct GroupTests {
  @Test func `a new group begins at the first record, and has an offset for every partition from then on`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 3)
      try log.appendBlocking(topics.records(0..<20))
      let step = try topics.step()
      defer { step.close() }
      #expect(try step.take(20).count == 20)
      let begun = (0..<3).reduce(into: [TopicPartition: Int64]()) { $0[TopicPartition(topics.input, $1)] = 0 }
      #expect(try log.committedOffsets(group: topics.group, topics: [topics.input]) == begun)
    }
  }

  @Test func `an offset past the end stops the step`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      let step = try topics.step()
      _ = try step.join()
      _ = try step.commit(outputs: [], inputs: [topics.inputZero: 50])
      step.close()
      let next = try topics.step()
      defer { next.close() }
      #expect(throws: LogError.position("\(topics.group) is at 50 of \(topics.inputZero), which ends at 0")) { try next.join() }
    }
  }

  @Test func `a step goes on after what its group has committed`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<4))
      let step = try topics.step()
      _ = try step.take(4)
      _ = try step.commit(outputs: [], inputs: [topics.inputZero: 3])
      step.close()
      let next = try topics.step()
      defer { next.close() }
      #expect(try next.take(1).map(\.offset) == [3])
    }
  }

  @Test func `two members share the partitions and no record is decided twice while one joins and leaves`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 4)
      let stop = StopSignal()
      let ends = (0..<2).map { _ in Answer<Int>() }
      func member(_ slot: Int, until isOver: @escaping @Sendable (Int) -> Bool) {
        let answer = ends[slot]
        Thread { answer.set(Result { try Self.copy(topics, slot, until: isOver) }) }.start()
      }
      member(0) { _ in stop.isStopped }
      var total = 0
      func feed(_ count: Int) throws {
        try log.appendBlocking(topics.records(total..<(total + count)))
        total += count
      }
      try feed(200)
      member(1) { $0 >= 50 }
      while !ends[1].isSet(within: 0.02), total < 40_000 { try feed(40) }
      try feed(200)
      let byTheSecond = try ends[1].wait()
      let end = Date().addingTimeInterval(60)
      while Date() < end {
        let next = try log.committedOffsets(group: topics.group, topics: [topics.input])
        let left = try log.offsets(of: [topics.input], isolation: .readCommitted).filter { (next[$0.key] ?? 0) < $0.value.high }
        if left.isEmpty { break }
      }
      stop.stop()
      let byTheFirst = try ends[0].wait()
      let written = try log.readAll(topics.output).map(\.text)
      #expect(written.count == total)
      #expect(Set(written) == Set((0..<total).map(String.init)))
      #expect(byTheFirst + byTheSecond == total)
    }
  }

  /// Copies input to output, record by record, and tells how many it copied.
  private static func copy(_ topics: TestTopics, _ slot: Int, until isOver: (Int) -> Bool) throws -> Int {
    let step = try topics.step(slot)
    defer { step.close() }
    var copied = 0
    let end = Date().addingTimeInterval(90)
    while !isOver(copied), Date() < end {
      let records = try step.poll(maxRecords: 100, timeoutMilliseconds: 50).records
      if records.isEmpty { continue }
      do {
        let next = records.reduce(into: [TopicPartition: Int64]()) { $0[$1.partition] = $1.offset + 1 }
        let outputs = records.map { OutgoingRecord(topic: topics.output, key: $0.key, value: $0.value, timestamp: 1) }
        copied += try step.commit(outputs: outputs, inputs: next).count
      } catch LogError.aborted {
        try step.seek(try step.committed())
      }
    }
    return copied
  }
}
