import EventLog

/// Append: durable, in order, whole.
public enum AppendContract {
  @Sendable public static func positionsComeInTheOrderGiven(_ test: LogUnderTest) throws {
    let topic = try test.topic("numbers")
    let positions = try test.appendNumbers(0..<200, to: topic)
    try require(positions.count == 200, "200 records, \(positions.count) positions")
    var last: [TopicPartition: Int64] = [:]
    for (number, position) in positions.enumerated() {
      let expected = Partitioner.partition(of: Array("k\(number % 16)".utf8), count: LogUnderTest.partitions)
      try require(position.partition == TopicPartition(topic, expected), "k\(number % 16) went to \(position), not to \(expected)")
      try require(position.offset > last[position.partition] ?? -1, "\(position) after offset \(last[position.partition] ?? -1)")
      last[position.partition] = position.offset
    }
  }

  @Sendable public static func recordsOutliveARestart(_ test: LogUnderTest) throws {
    let topic = try test.topic("kept")
    let positions = try test.appendNumbers(0..<50, to: topic)
    let cluster = try test.log.clusterId()
    test.close()
    let records = try test.log.readAll(topic)
    try require(Set(records.map(\.position)) == Set(positions), "of \(positions.count) acknowledged records \(records.count) are left")
    try require(try test.log.clusterId() == cluster, "the cluster has another name after a restart")
    let next = try test.appendNumbers(50..<66, to: topic)
    try require(Set(next).isDisjoint(with: positions), "positions were given out twice")
  }

  @Sendable public static func aKeyKeepsItsOrder(_ test: LogUnderTest) throws {
    let topic = try test.topic("ordered")
    let log = try test.log
    let writers = (0..<8).map { key in
      Background { _ in
        for number in 0..<30 { _ = try log.appendNow([Sample.record(topic, key: "key\(key)", text: "\(number)")]) }
      }
    }
    for writer in writers { try writer.value() }
    for (key, records) in Dictionary(grouping: try log.readAll(topic), by: \.key) {
      try require(records.map(Sample.text) == (0..<30).map(String.init), "\(key ?? []) came as \(records.map(Sample.text))")
    }
  }

  @Sendable public static func nothingOfARecordIsLost(_ test: LogUnderTest) throws {
    let topic = try test.topic("whole", partitions: 1)
    let headers = [Header("a", "1"), Header("empty", [UInt8]()), Header("a", "2"), Header("bytes", [0, 255, 10])]
    let sent = [
      OutgoingRecord(topic: topic, key: [0, 1, 255], value: [0, 200, 13], headers: headers, timestamp: Sample.time),
      OutgoingRecord(topic: topic, key: Array("gone".utf8), value: nil, timestamp: Sample.time - 5),
      OutgoingRecord(topic: topic, key: nil, value: Array("no key".utf8), timestamp: Sample.time + 5),
      OutgoingRecord(topic: topic, key: Array("empty".utf8), value: [], timestamp: Sample.time),
    ]
    _ = try test.log.appendNow(sent)
    let got = try test.log.readAll(topic).map {
      OutgoingRecord(topic: $0.topic, key: $0.key, value: $0.value, headers: $0.headers, timestamp: $0.timestamp)
    }
    for (number, pair) in zip(sent, got).enumerated() { try require(pair.0 == pair.1, "record \(number) came back as \(pair.1)") }
    try require(got.count == sent.count, "\(sent.count) sent, \(got.count) read")
  }

  @Sendable public static func recordsOfFourMegabytesPass(_ test: LogUnderTest) throws {
    let topic = try test.topic("large")
    let value = (0..<(4 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    _ = try test.log.appendNow([OutgoingRecord(topic: topic, key: [1], value: value, timestamp: Sample.time)])
    let records = try test.log.readAll(topic)
    try require(records.count == 1 && records[0].value == value, "a value of 4 MB came back changed")
  }

  @Sendable public static func aTooLargeRecordIsNamedAndHurtsNobody(_ test: LogUnderTest) throws {
    let topic = try test.topic("limited")
    let large = OutgoingRecord(
      topic: topic, key: [1], value: [UInt8](repeating: 7, count: LogUnderTest.maxMessageBytes + 1), timestamp: Sample.time)
    let neighbours = try (0..<20).map { try test.log.startAppend([Sample.record(topic, key: "n\($0)", text: "\($0)")]) }
    let error = try logError(of: "an append of too large a record") { _ = try test.log.appendNow([large]) }
    guard case .tooLarge(topic, _, LogUnderTest.maxMessageBytes) = error else { throw ContractViolation("too large gave: \(error)") }
    for neighbour in neighbours { _ = try neighbour.value() }
    try require(try test.log.readAll(topic).count == 20, "the neighbours of a refused record were lost")
  }

  @Sendable public static func anUnknownTopicIsNamed(_ test: LogUnderTest) throws {
    let topic = test.name("nowhere")
    let error = try logError(of: "an append to no topic") { _ = try test.log.appendNow([Sample.record(topic, key: "k", text: "x")]) }
    try require(error == .unknownTopic(topic), "an unknown topic gave: \(error)")
  }

  /// Needs ``LogUnderTest/faults`` and a queue of at most 1,000 records.
  @Sendable public static func aFullQueueRefusesAndLosesNothingAcknowledged(_ test: LogUnderTest) throws {
    guard let faults = test.faults else { throw ContractViolation("this case needs faults") }
    let topic = try test.topic("pressed")
    faults.stallWriter(true)
    let pending = try (0..<1_200).map { try test.log.startAppend([Sample.record(topic, key: "k", text: "\($0)")]) }
    try waitUntil("a full queue refuses an append") { pending.contains { $0.isRefused } }
    faults.stallWriter(false)
    var acknowledged: Set<Position> = []
    for append in pending {
      do { acknowledged.formUnion(try append.value()) } catch LogError.unavailable { continue }
    }
    let stored = Set(try test.log.readAll(topic).map(\.position))
    try require(acknowledged.isSubset(of: stored), "\(acknowledged.subtracting(stored).count) acknowledged records are lost")
  }
}
