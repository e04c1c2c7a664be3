import EventLog
import EventLogEmbedded
import Foundation
import Logging
import Testing
import Views

@Suite struct ViewTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "view-\(UUID().uuidString)").path
  let logger = Logger(label: "test")

  func openLog() throws -> EmbeddedLog {
    let log = try EmbeddedLog(folder: folder + "/log")
    try log.createTopics([TopicSettings(name: "words", retention: .forever, maxMessageBytes: 1_000)], partitions: 4)
    return log
  }

  func append(_ words: [String], _ log: any EventLog) async throws {
    _ = try await log.append(words.map { OutgoingRecord(topic: "words", key: Array($0.utf8), value: Array($0.utf8), timestamp: 1) })
  }

  /// Runs the view's loop beside `body`, and ends it.
  func following(_ view: View<WordFold>, _ body: () async throws -> Void) async throws {
    let stop = StopSignal()
    async let loop: Void = BlockingThread.run(named: "view", stop: stop) { try view.run(stop: stop) }
    try await body()
    stop.stop()
    view.wake()
    try await loop
  }

  func count(of word: String, _ view: View<WordFold>) async throws -> Int { try await view.read { try WordFold.count(of: word, $0) } }

  func caughtUp(_ view: View<WordFold>, _ log: any EventLog) async throws -> Bool {
    let ends = try log.offsets(of: ["words"], isolation: .readCommitted).mapValues(\.high)
    return await view.wait(for: ends, timeoutMilliseconds: 5_000)
  }

  @Test func `rows and positions survive a restart together`() async throws {
    var digest: Digest?
    for round in 0..<3 {
      let log = try openLog()
      let view = try View(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
      try await append(["one", "two", "two", "round \(round)"], log)
      try await following(view) { () async throws in
        #expect(try await caughtUp(view, log))
        let count = try await count(of: "two", view)
        #expect(count == 2 * (round + 1))
        digest = try view.digest()
      }
      log.close()
    }
    #expect(digest?.rows == 5)
  }

  @Test func `a record that cannot be folded is skipped, its neighbours are not`() async throws {
    let log = try openLog()
    let view = try View(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
    try await append(["one", WordFold.unreadable, "one"], log)
    try await following(view) { () async throws in
      #expect(try await caughtUp(view, log))
      #expect(try await count(of: "one", view) == 2)
      #expect(try await count(of: WordFold.unreadable, view) == 0)
    }
    log.close()
  }

  @Test func `a rebuild gives the same rows, and finds rows that the log does not give`() async throws {
    let log = try openLog()
    do {
      let view = try View(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
      try await append((0..<500).map { "word \($0 % 37)" }, log)
      try await following(view) { () async throws in #expect(try await caughtUp(view, log)) }
      let beside = try View.rebuild(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
      #expect(beside.agrees)
      #expect(!beside.isSwapped)
    }
    let swapped = try View.rebuild(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
    #expect(swapped.agrees)
    #expect(swapped.isSwapped)
    try WordFold.tamper(folder + "/views/words.sqlite")
    let tampered = try View.rebuild(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
    #expect(!tampered.agrees)
    #expect(try View.rebuild(folder: folder + "/views", fold: WordFold(), log: log, logger: logger).agrees)
    log.close()
  }

  @Test func `a view of another version of its fold is folded anew`() async throws {
    let log = try openLog()
    try await append(["one"], log)
    for version in [1, 2] {
      let view = try View(folder: folder + "/views", fold: WordFold(version: version), log: log, logger: logger)
      #expect(view.positions.isEmpty)
      try await following(view) { () async throws in
        #expect(try await caughtUp(view, log))
        #expect(try await count(of: "one", view) == 1)
      }
    }
    log.close()
  }

  @Test func `a second process on the same view is refused`() throws {
    let log = try openLog()
    let first = try View(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
    let error = #expect(throws: LogError.self) { try View(folder: folder + "/views", fold: WordFold(), log: log, logger: logger) }
    #expect(error?.description.contains("in use") == true)
    withExtendedLifetime(first) {}
    log.close()
  }

  @Test func `waiting for a position that does not come ends`() async throws {
    let log = try openLog()
    let view = try View(folder: folder + "/views", fold: WordFold(), log: log, logger: logger)
    #expect(await !view.wait(for: [TopicPartition("words", 0): 1_000], timeoutMilliseconds: 50))
    log.close()
  }
}
