import EventLog
import Foundation
import GRDB
import Logging
import Synchronization

/// Rows folded from the log, in a SQLite file of this instance. Rows and positions commit together, so a restart goes on exactly where it
/// was; the file can be dropped at any time and is folded again.
public final class View<F: Fold>: Sendable {
  public let fold: F
  let log: any EventLog
  package let database: ViewDatabase
  let board = PositionBoard()
  let logger: Logger
  /// Held for life: two processes on one file would fold twice what each believes to fold once.
  private let lock: FileLock
  private let wakeFollower = Mutex<(any FollowConnection)?>(nil)

  /// - Throws: ``LogError/unusable(_:)`` when the file cannot be opened or written, or another process has it open.
  public init(folder: String, fold: F, log: any EventLog, logger: Logger) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      guard let lock = try FileLock(path: "\(folder)/\(fold.name).lock") else {
        throw LogError.unusable("the view \(fold.name) in \(folder) is in use by another process; give each process its own PARLEY_DATA")
      }
      self.lock = lock
      database = try ViewDatabase(path: "\(folder)/\(fold.name).sqlite")
      try database.prepare(for: fold, clusterId: try log.clusterId())
      board.replace(try database.pool.read(ViewDatabase.positions))
    } catch let error as LogError {
      throw error
    } catch {
      throw LogError.unusable("the view \(fold.name) in \(folder) cannot be opened: \(error)")
    }
    self.fold = fold
    self.log = log
    self.logger = logger
  }

  /// Reads rows; blocks. For steps, on their own thread.
  public func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try database.pool.read(body)
    } catch let error as DatabaseError {
      throw StateUnavailable("\(fold.name): \(error.resultCode)")
    }
  }

  /// Reads rows without blocking the calling task's thread. For HTTP.
  public func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    try await database.pool.read(body)
  }

  /// The next offset of each partition that has been folded.
  public var positions: [TopicPartition: Int64] { board.positions }

  /// The next offsets of one topic, as a token for clients.
  public func vector(of topic: String) -> PositionVector {
    PositionVector(Dictionary(uniqueKeysWithValues: positions.filter { $0.key.topic == topic }.map { ($0.key.partition, $0.value) }))
  }

  public func position(of partition: TopicPartition) -> Int64 { board.position(of: partition) }

  /// Whether all of these next offsets have been folded.
  public func hasReached(_ targets: [TopicPartition: Int64]) -> Bool { board.hasReached(targets) }

  /// Waits until all of these next offsets have been folded.
  ///
  /// - Returns: `false` when the time was over before.
  public func wait(for targets: [TopicPartition: Int64], timeoutMilliseconds: Int) async -> Bool {
    await board.wait(for: targets, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// An element after each fold; bursts are merged.
  public func changes() -> AsyncStream<Void> { board.changes() }

  /// Records that have been written and are not folded yet. Blocks.
  public func lag() throws -> Int64 {
    let positions = positions
    return try log.offsets(of: fold.topics, isolation: .readCommitted).reduce(0) { lag, end in
      lag + max(0, end.value.high - max(positions[end.key] ?? 0, end.value.low))
    }
  }

  /// Folds until `stop` is given. Blocks; give it a thread (``BlockingThread``).
  public func run(stop: StopSignal) throws {
    var backoff = ViewFollower<F>.minBackoffMilliseconds
    while !stop.isStopped {
      do {
        let follower = try ViewFollower(view: self)
        wakeFollower.withLock { $0 = follower.connection }
        defer {
          wakeFollower.withLock { $0 = nil }
          follower.connection.close()
        }
        while !stop.isStopped {
          try follower.foldOnce()
          backoff = ViewFollower<F>.minBackoffMilliseconds
        }
      } catch LogError.position(let reason) {
        logger.error("view is folded anew", metadata: ["view": "\(fold.name)", "reason": "\(reason)"])
        try database.empty()
        try database.prepare(for: fold, clusterId: try log.clusterId())
        board.replace([:])
      } catch let error where (error as? LogError)?.isRetriable == true || error is DatabaseError {
        logger.warning("view waits", metadata: ["view": "\(fold.name)", "reason": "\(error)"])
        Thread.sleep(forTimeInterval: Double(backoff) / 1_000)
        backoff = min(backoff * 2, ViewFollower<F>.maxBackoffMilliseconds)
      }
    }
  }

  /// Lets ``run(stop:)`` notice its stop signal at once.
  public func wake() { wakeFollower.withLock { $0?.wake() } }
}

extension View {
  /// Blocks until everything has been folded that stood in the log when this was called; another thread must be folding.
  ///
  /// - Returns: `false` when `stop` came first.
  public func waitUntilCaughtUp(stop: StopSignal) throws -> Bool {
    let ends = try log.offsets(of: fold.topics, isolation: .readCommitted).mapValues(\.high)
    while !hasReached(ends) {
      if stop.isStopped { return false }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return true
  }
}
