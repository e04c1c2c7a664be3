import EventLog
import EventLogKafka
import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(2)))
struct FollowTests {
  @Test func `a follower passes the markers of commits and the records of undone steps`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<3))
      let step = try topics.step()
      defer { step.close() }
      _ = try step.take(3)
      _ = try step.commit(outputs: [record(topics.output, "k", "one")], inputs: [topics.inputZero: 1])
      #expect(throws: LogError.self) {
        try step.commit(
          outputs: [record(topics.output, "k", "lost"), record("missing.\(UUID().uuidString)", "k", "v")], inputs: [topics.inputZero: 2])
      }
      _ = try step.commit(outputs: [record(topics.output, "k", "two")], inputs: [topics.inputZero: 2])
      let end = try log.offsets(of: [topics.output], isolation: .readUncommitted)[topics.outputZero]?.high ?? 0
      #expect(end > 3)
      #expect(try log.offsets(of: [topics.output], isolation: .readCommitted)[topics.outputZero]?.high == end)
      // `readAll` returns only when the follower has reached the uncommitted end.
      #expect(try log.readAll(topics.output).map(\.text) == ["one", "two"])
    }
  }

  @Test func `a follower goes on at the position it is given`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<10))
      let follower = try log.openFollower(from: [topics.inputZero: 7])
      defer { follower.close() }
      let read = try follower.take(3)
      #expect(read.map(\.offset) == [7, 8, 9])
      try log.appendBlocking(topics.records(10..<11))
      #expect(try follower.take(1).map(\.offset) == [10])
    }
  }

  @Test func `a position past the end is refused`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      try log.appendBlocking(topics.records(0..<2))
      #expect(throws: LogError.position("the reader is at 3 of \(topics.inputZero), which ends at 2")) {
        try log.openFollower(from: [topics.inputZero: 3])
      }
    }
  }

  @Test func `waking ends a poll at once`() async throws {
    try await blocking {
      let log = try TestBroker.log()
      defer { log.close() }
      let topics = try TestTopics(log)
      let follower = try log.openFollower(from: [topics.inputZero: 0])
      defer { follower.close() }
      // The first poll tells that the (empty) end is reached.
      while try follower.poll(maxRecords: 1, timeoutMilliseconds: 100).positions.isEmpty {}
      let begun = ContinuousClock.now
      let waker = Thread {
        while ContinuousClock.now - begun < .milliseconds(200) { Thread.sleep(forTimeInterval: 0.01) }
        follower.wake()
      }
      waker.start()
      _ = try follower.poll(maxRecords: 1, timeoutMilliseconds: 20_000)
      #expect(ContinuousClock.now - begun < .seconds(5))
    }
  }
}

extension FollowConnection {
  func take(_ count: Int, within seconds: Double = 20) throws -> [Record] {
    var records: [Record] = []
    let end = Date().addingTimeInterval(seconds)
    while records.count < count, Date() < end {
      records += try poll(maxRecords: count - records.count, timeoutMilliseconds: 50).records
    }
    return records
  }
}
