import EventLog
import Synchronization

/// Where a reader waits for news of its topics.
final class ReaderSignal: Sendable {
  private struct State {
    var hasNews = false
    var isWoken = false
  }

  let topics: Set<Int64>
  private let monitor = Monitor(State())

  init(topics: Set<Int64>) { self.topics = topics }

  /// There may be something to read.
  func give() { monitor.update { $0.hasNews = true } }

  /// Somebody wants the reader to come back, whether there is something to read or not.
  func wake() { monitor.update { $0.isWoken = true } }

  /// Returns at news, when woken, or at the deadline; both are then used up.
  ///
  /// - Returns: whether it was woken.
  func wait(until deadline: Deadline) -> Bool {
    monitor.wait(until: deadline) { state in
      guard state.hasNews || state.isWoken else { return nil }
      defer { state = State() }
      return state.isWoken
    } ?? false
  }
}

/// The readers of a log in this process; each is woken only for its own topics.
final class ReaderBoard: Sendable {
  private let signals = Mutex<[ReaderSignal]>([])

  func add(_ signal: ReaderSignal) { signals.withLock { $0.append(signal) } }
  func remove(_ signal: ReaderSignal) { signals.withLock { $0.removeAll { $0 === signal } } }

  func wake(_ topics: Set<Int64>) {
    for signal in signals.withLock({ $0 }) where !signal.topics.isDisjoint(with: topics) { signal.give() }
  }

  func wakeAll() { for signal in signals.withLock({ $0 }) { signal.give() } }
}
