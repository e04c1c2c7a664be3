import EventLog
import EventLogEmbedded
import Foundation
import Testing

@Suite struct RetentionTests {
  let scene = Scene()

  @Test func `Records older than the retention go, and the low end rises`() async throws {
    let log = try scene.open()
    defer { log.close() }
    try log.createTopics([scene.topic("t", .days(7)), scene.topic("kept", .forever)], partitions: 1)
    try await scene.append(log, "t", 0..<20)
    try await scene.append(log, "kept", 0..<20)
    scene.pass(days: 6)
    try await scene.append(log, "t", 20..<25)
    scene.pass(days: 2)
    try await blocking { try log.maintain() }
    #expect(try log.offsets(of: ["t"], isolation: .readCommitted) == [TopicPartition("t", 0): OffsetRange(low: 20, high: 25)])
    #expect(try log.texts("t") == (20..<25).map { "value-\($0)-x" })
    #expect(try log.texts("kept").count == 20)
  }

  @Test func `A reader and a group that fell behind the low end are told so`() async throws {
    let log = try scene.open()
    defer { log.close() }
    try log.createTopics([scene.topic("t", .days(1))], partitions: 1)
    let member = try log.openStep(StepSettings(group: "g", topics: ["t"], memberId: "m"))
    member.close()
    try await scene.append(log, "t", 0..<10)
    let follower = try log.openFollower(from: [TopicPartition("t", 0): 2])
    defer { follower.close() }
    scene.pass(days: 3)
    try await scene.append(log, "t", 10..<12)
    try await blocking { try log.maintain() }
    #expect(refusedPosition { _ = try follower.poll(maxRecords: 10, timeoutMilliseconds: 0) }?.contains("begins at 10") == true)
    #expect(refusedPosition { _ = try log.openFollower(from: [TopicPartition("t", 0): 0]) } != nil)
    let again = try log.openStep(StepSettings(group: "g", topics: ["t"], memberId: "m"))
    defer { again.close() }
    #expect(refusedPosition { _ = try again.poll(maxRecords: 1, timeoutMilliseconds: 0) }?.contains("g is at 0 of t/0") == true)
    let reason = refusedPosition { _ = try log.openStep(StepSettings(group: "new", topics: ["t"], memberId: "m")) }
    #expect(reason?.contains("new has no offset for t") == true)
  }

  @Test func `A group that has lost the offset of one partition stops and names it`() throws {
    let log = try scene.open()
    try log.createTopics([scene.topic("t", .forever)], partitions: 2)
    try log.openStep(StepSettings(group: "g", topics: ["t"], memberId: "m")).close()
    log.close()
    try scene.alter("DELETE FROM group_offsets WHERE partition & 1")
    let again = try scene.open()
    defer { again.close() }
    let member = try again.openStep(StepSettings(group: "g", topics: ["t"], memberId: "m"))
    defer { member.close() }
    #expect(refusedPosition { _ = try member.poll(maxRecords: 1, timeoutMilliseconds: 0) }?.contains("none for partition 1") == true)
    #expect(refusedPosition { _ = try member.poll(maxRecords: 1, timeoutMilliseconds: 0) } != nil)
  }

  @Test func `Compaction keeps the newest record of each key`() async throws {
    let log = try scene.open()
    defer { log.close() }
    try log.createTopics([scene.topic("t", .compacted), scene.topic("other", .compacted)], partitions: 1)
    try await scene.append(log, "t", 0..<50) { "k\($0 % 5)" }
    try await scene.append(log, "other", 0..<5) { "k\($0)" }
    try await blocking { try log.maintain() }
    #expect(try log.texts("t") == (45..<50).map { "value-\($0)-x" })
    #expect(try log.texts("other").count == 5)
    #expect(try log.offsets(of: ["t"], isolation: .readCommitted)[TopicPartition("t", 0)]?.high == 50)
  }

  @Test func `A tombstone removes its key at once, and goes after its own time`() async throws {
    let log = try scene.open()
    defer { log.close() }
    try log.createTopics([scene.topic("t", .compacted)], partitions: 1)
    try await scene.append(log, "t", 0..<1) { _ in "gone" }
    let now = scene.time.load(ordering: .relaxed)
    _ = try await log.append([OutgoingRecord(topic: "t", key: Array("gone".utf8), value: nil, timestamp: now)])
    try await blocking { try log.maintain() }
    #expect(try log.texts("t") == [""])
    scene.pass(days: 91)
    try await blocking { try log.maintain() }
    #expect(try log.texts("t") == [])
  }

  @Test func `What was deleted cannot be found in the files any more`() async throws {
    let log = try scene.open()
    try log.createTopics([scene.topic("t", .compacted)], partitions: 1)
    let secret = Data("a very secret sentence".utf8)
    _ = try await log.append([OutgoingRecord(topic: "t", key: [1], value: [UInt8](secret), timestamp: 1)])
    #expect(try files().contains { $0.range(of: secret) != nil })
    _ = try await log.append([OutgoingRecord(topic: "t", key: [1], value: nil, timestamp: Scene.start)])
    try await blocking { try log.maintain() }
    #expect(try files().allSatisfy { $0.range(of: secret) == nil })
    log.close()
  }

  private func files() throws -> [Data] {
    try FileManager.default.contentsOfDirectory(atPath: scene.folder).map {
      try Data(contentsOf: URL(fileURLWithPath: scene.folder + "/" + $0))
    }
  }

  private func blocking(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await BlockingThread.run(named: "test", body)
  }
}
