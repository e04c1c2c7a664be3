import EventLog
import Foundation
import GRDB

/// The one thread that writes. It takes all that waits, writes it in one transaction with one fsync, and then answers everybody.
///
/// Its order is the order of the log: what it is asked to read (a group's offsets) comes after all that was asked before.
final class LogWriter: Sendable {
  private struct State {
    var queue: [WriteItem] = []
    var records = 0
    var bytes = 0
    var isClosing = false
    var hasEnded = false
  }

  private let monitor = Monitor(State())
  private let queue: DatabaseQueue
  private let file: LogFile
  private let catalogue: Catalogue
  private let readers: ReaderBoard
  private let settings: EmbeddedSettings

  init(_ file: LogFile, _ catalogue: Catalogue, _ readers: ReaderBoard, _ settings: EmbeddedSettings) throws {
    self.file = file
    self.catalogue = catalogue
    self.readers = readers
    self.settings = settings
    queue = try file.openWriter(maxPages: settings.maxPages)
    try file.checked { try queue.read { try LogSchema.load($0, into: catalogue) } }
  }

  func start() {
    let thread = Thread { self.run() }
    thread.name = "event-log"
    thread.stackSize = 2 << 20
    thread.start()
  }

  /// Queues an item. One that is `bounded` is refused when the queue is full; the others are few (one for each member of a group).
  func submit(_ item: WriteItem, bounded: Bool = false) {
    let refusal: LogError? = monitor.update { state in
      if state.isClosing { return .unusable("the log in \(file.folder) is closed") }
      let isFull =
        !state.queue.isEmpty
        && (state.records + item.records > settings.maxQueuedRecords || state.bytes + item.bytes > settings.maxQueuedBytes)
      if bounded && isFull { return .unavailable("\(state.records) records of \(state.bytes) bytes already wait to be written") }
      state.queue.append(item)
      state.records += item.records
      state.bytes += item.bytes
      return nil
    }
    if let refusal { item.refuse(refusal) }
  }

  /// Has the writer do something, and waits for it.
  func perform<Value: Sendable>(
    records: Int = 0, bytes: Int = 0, isExclusive: Bool = false, _ body: @escaping @Sendable (inout WriteTransaction) throws -> Value
  ) throws -> Value {
    let reply = Reply<Value>()
    submit(WriteItem(records: records, bytes: bytes, isExclusive: isExclusive, reply: reply.give, body: body))
    return try reply.wait()
  }

  /// Moves the journal into the file and cuts it, so that what was deleted is no longer in it. Waits for the writer's turn, not for readers.
  func truncateJournal() throws {
    try file.checked { try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
  }

  /// Writes what waits, then lets go of the file.
  func close() throws {
    monitor.update { $0.isClosing = true }
    _ = monitor.wait { $0.hasEnded ? true : nil }
    try file.checked { try queue.close() }
  }

  private func run() {
    while let batch = nextBatch() { write(batch) }
    monitor.update { $0.hasEnded = true }
  }

  private func nextBatch() -> [WriteItem]? {
    monitor.wait { state -> [WriteItem]?? in
      if settings.faults?.stallsWriter == true && !state.isClosing { return nil }
      if state.queue.isEmpty { return state.isClosing ? .some(nil) : nil }
      var records = 0
      var bytes = 0
      let count = state.queue.prefix { item in
        let isFirst = records == 0 && bytes == 0
        records += max(1, item.records)
        bytes += item.bytes
        return isFirst || (!item.isExclusive && records <= settings.maxTransactionRecords && bytes <= settings.maxTransactionBytes)
      }.count
      let batch = Array(state.queue.prefix(state.queue[0].isExclusive ? 1 : count))
      state.queue.removeFirst(batch.count)
      state.records -= batch.reduce(0) { $0 + $1.records }
      state.bytes -= batch.reduce(0) { $0 + $1.bytes }
      return batch
    } ?? nil
  }

  private func write(_ batch: [WriteItem]) {
    var answers: [@Sendable (LogError?) -> Void] = []
    do {
      let ends = try queue.writeWithoutTransaction { db in
        var transaction = WriteTransaction(db, catalogue)
        try db.inTransaction(.immediate) {
          for item in batch { answers.append(try item.apply(&transaction)) }
          try transaction.writeEnds()
          return .commit
        }
        return transaction.ends
      }
      let isVisible = settings.faults?.holdsVisibility != true
      catalogue.setEnds(ends, visible: isVisible)
      if isVisible { readers.wake(Set(ends.keys.map(\.topic))) }
      for answer in answers { answer(nil) }
    } catch {
      let failure = file.logError(error)
      for answer in answers { answer(failure) }
      for item in batch.dropFirst(answers.count) { item.refuse(failure) }
    }
  }

  /// Lets a writer that a test has stalled look again.
  func nudge() { monitor.update { _ in } }
}
