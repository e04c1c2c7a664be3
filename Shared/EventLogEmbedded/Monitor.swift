import EventLog
import Foundation

/// A moment of the monotonic clock.
struct Deadline: Sendable, Comparable {
  let nanoseconds: UInt64

  static func now() -> Deadline {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Deadline(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
  }

  static func after(milliseconds: Int) -> Deadline { now().adding(milliseconds: milliseconds) }

  func adding(milliseconds: Int) -> Deadline { Deadline(nanoseconds: nanoseconds + UInt64(max(0, milliseconds)) * 1_000_000) }

  static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }

  var isPast: Bool { Self.now().nanoseconds >= nanoseconds }
}

/// State behind a lock, on which threads can wait.
///
/// Safe: `state` is reached only between `lock` and `unlock` of `mutex`, which are private to this file and always paired;
/// values go in and out of it only as `Sendable`.
final class Monitor<State: Sendable>: @unchecked Sendable {
  private var state: State
  // Allocated once, because pthread objects must not move.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Reads or changes the state, without a word to those who wait.
  func withLock<R: Sendable>(_ body: (inout State) throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Changes the state and wakes all who wait for it.
  func update<R: Sendable>(_ body: (inout State) throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&state)
  }

  /// Waits until `body` gives a value; asks it again after every ``update(_:)``. `nil` when the deadline has passed.
  func wait<R: Sendable>(until deadline: Deadline? = nil, for body: (inout State) -> R?) -> R? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let value = body(&state) { return value }
      guard let deadline else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      if deadline.isPast { return nil }
      var time = timespec(tv_sec: Int(deadline.nanoseconds / 1_000_000_000), tv_nsec: Int(deadline.nanoseconds % 1_000_000_000))
      pthread_cond_timedwait(condition, mutex, &time)
    }
  }
}

/// The answer to a request, for the thread that waits for it.
struct Reply<Value: Sendable>: Sendable {
  private let monitor = Monitor<Result<Value, LogError>?>(nil)

  func give(_ result: Result<Value, LogError>) { monitor.update { $0 = result } }

  func wait() throws -> Value {
    // Without a deadline the wait ends only with a value.
    guard let result = monitor.wait(for: { $0 }) else { throw LogError.unavailable("no answer from the writer") }
    return try result.get()
  }
}
