import EventLog
import EventLogKafka
import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(3)))
struct StepTests {
  @Test func `outputs and offsets are committed together, and positions come back in order`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log, partitions: 2)
      try log.appendBlocking(topics.records(0..<10))
      let step = try topics.step()
      defer { step.close() }
      let records = try step.take(10)
      #expect(Set(records.map(\.text)) == Set((0..<10).map(String.init)))
      let outputs = records.map { OutgoingRecord(topic: topics.output, key: $0.key, value: $0.value, timestamp: 1) }
      let next = records.reduce(into: [TopicPartition: Int64]()) { $0[$1.partition] = $1.offset + 1 }
      let positions = try step.commit(outputs: outputs, inputs: next)
      #expect(try log.committedOffsets(group: topics.group, topics: [topics.input]) == next)
      let written = Dictionary(uniqueKeysWithValues: try log.readAll(topics.output).map { ($0.position, $0.value) })
      #expect(positions.map { written[$0] } == outputs.map(\.value))
    }
  }

  @Test func `a step without outputs still moves its offsets`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<3))
      let step = try topics.step()
      defer { step.close() }
      _ = try step.take(3)
      #expect(try step.commit(outputs: [], inputs: [topics.inputZero: 2]) == [])
      #expect(try step.committed() == [topics.inputZero: 2])
    }
  }

  @Test func `a step without inputs writes its outputs and leaves the offsets where they are`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<3))
      let step = try topics.step()
      defer { step.close() }
      _ = try step.take(3)
      _ = try step.commit(outputs: [], inputs: [topics.inputZero: 2])
      #expect(try step.commit(outputs: [record(topics.output, "k", "tick")], inputs: [:]).map(\.offset) == [0])
      #expect(try step.committed() == [topics.inputZero: 2])
    }
  }

  @Test func `a member to which nothing is assigned yet writes nothing`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      let step = try topics.step()
      defer { step.close() }
      #expect(throws: LogError.aborted("the partitions have been taken away")) {
        try step.commit(outputs: [record(topics.output, "k", "v")], inputs: [:])
      }
      #expect(try log.readAll(topics.output).isEmpty)
    }
  }

  @Test func `an output that cannot be written undoes the whole step, and its records come again`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<5))
      let step = try topics.step()
      defer { step.close() }
      _ = try step.take(5)
      let missing = "missing.\(UUID().uuidString)"
      #expect(throws: LogError.unknownTopic(missing)) {
        try step.commit(outputs: [record(topics.output, "k", "lost"), record(missing, "k", "v")], inputs: [topics.inputZero: 5])
      }
      #expect(try log.readAll(topics.output).isEmpty)
      #expect(try step.committed() == [topics.inputZero: 0])
      try step.seek(try step.committed())
      #expect(try step.take(5).map(\.offset) == [0, 1, 2, 3, 4])
      _ = try step.commit(outputs: [record(topics.output, "k", "kept")], inputs: [topics.inputZero: 5])
      #expect(try log.readAll(topics.output).map(\.text) == ["kept"])
    }
  }

  @Test func `a later member of the same slot fences the one before`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<1))
      let first = try topics.step()
      _ = try first.take(1)
      let second = try topics.step()
      #expect {
        try first.commit(outputs: [record(topics.output, "k", "zombie")], inputs: [topics.inputZero: 1])
      } throws: {
        if case LogError.fenced? = $0 as? LogError { true } else { false }
      }
      #expect {
        try first.poll(maxRecords: 1, timeoutMilliseconds: 10)
      } throws: {
        if case LogError.fenced? = $0 as? LogError { true } else { false }
      }
      first.close()
      #expect(try second.take(1).count == 1)
      _ = try second.commit(outputs: [record(topics.output, "k", "successor")], inputs: [topics.inputZero: 1])
      #expect(try log.readAll(topics.output).map(\.text) == ["successor"])
      second.close()
    }
  }

  @Test func `nothing of a paused partition is polled, and it goes on where it was, or where it was sent`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<100))
      let step = try topics.step()
      defer { step.close() }
      #expect(try step.take(10).last?.offset == 9)
      try step.pause([topics.inputZero])
      #expect(try step.take(1, within: 0.5).isEmpty)
      try step.resume([topics.inputZero])
      #expect(try step.take(10).map(\.offset) == Array(10..<20))
      try step.pause([topics.inputZero])
      try step.seek([topics.inputZero: 5])
      try step.resume([topics.inputZero])
      #expect(try step.take(10).map(\.offset) == Array(5..<15))
      try step.seek([topics.inputZero: 2])
      try step.pause([topics.inputZero])
      try step.resume([topics.inputZero])
      #expect(try step.take(98).map(\.offset) == Array(2..<100))
    }
  }

  @Test func `seeking back and forth neither skips nor repeats`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<2_000, key: "k"))
      let step = try topics.step()
      defer { step.close() }
      _ = try step.take(1)
      for start in [500, 3, 1_999, 0, 1_000] {
        try step.seek([topics.inputZero: Int64(start)])
        let end = min(start + 300, 2_000)
        #expect(try step.take(end - start).map(\.offset) == (start..<end).map(Int64.init))
      }
    }
  }
}
