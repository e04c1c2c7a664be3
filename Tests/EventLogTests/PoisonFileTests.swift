import EventLog
import Foundation
import Testing

/// Each `PoisonFile` opened here stands for one life of the process; one that goes away between `begin` and `end` is a death.
@Suite struct PoisonFileTests {
  let path = FileManager.default.temporaryDirectory.appending(path: "poison-\(UUID().uuidString)").path

  func record(_ offset: Int64) -> Record {
    Record(partition: TopicPartition("in", 0), offset: offset, timestamp: 0, key: nil, value: nil)
  }

  func die(on offsets: ClosedRange<Int64>) throws {
    let file = try PoisonFile(path: path)
    file.begin(offsets.map(record))
  }

  func hasSuspects() throws -> Bool { try PoisonFile(path: path).hasSuspects }

  @Test func `a death in a batch makes all of it suspect`() throws {
    try die(on: 5...8)
    let file = try PoisonFile(path: path)
    let suspects = (4...9).filter { file.isSuspect(record($0)) }
    let deaths = file.deaths(of: record(6))
    #expect(suspects == [5, 6, 7, 8])
    #expect(deaths == 1)
  }

  @Test func `deaths add up at the position that causes them`() throws {
    try die(on: 5...8)
    try die(on: 6...6)
    try die(on: 6...6)
    let file = try PoisonFile(path: path)
    let deaths = [5, 6].map { file.deaths(of: record($0)) }
    #expect(deaths == [1, PoisonFile.maxDeaths])
  }

  @Test func `what was done with is forgotten, the rest is not`() throws {
    try die(on: 5...8)
    do {
      var file = try PoisonFile(path: path)
      file.begin([record(5)])
      file.end(committed: [TopicPartition("in", 0): 6])
    }
    do {
      var file = try PoisonFile(path: path)
      let deaths = file.deaths(of: record(7))
      #expect(deaths == 1)
      file.end(committed: [TopicPartition("in", 0): 9])
    }
    #expect(try !hasSuspects())
  }

  @Test func `an orderly end leaves nothing behind`() throws {
    do {
      var file = try PoisonFile(path: path)
      file.begin([record(1), record(2)])
      file.end(committed: [TopicPartition("in", 0): 3])
    }
    #expect(try !hasSuspects())
  }

  @Test(arguments: ["", "running in 0 5", "suspect in x 1 2 3\nend\n", "\u{0}\u{0}"])
  func `a file that cannot be read counts no deaths`(text: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try !hasSuspects())
  }
}
