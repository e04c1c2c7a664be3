import Foundation
import Synchronization

/// Asks a loop on another thread to end.
public final class StopSignal: Sendable {
  private let stopped = Atomic(false)
  public init() {}
  public func stop() { stopped.store(true, ordering: .releasing) }
  public var isStopped: Bool { stopped.load(ordering: .acquiring) }
}

/// Runs blocking work on a thread of its own, never on the cooperative pool.
public enum BlockingThread {
  /// Returns when `body` has ended. Cancelling the task calls `stop`; the body must then return.
  public static func run<T: Sendable>(
    named name: String, stop: StopSignal = StopSignal(), _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
        let thread = Thread { continuation.resume(with: Result(catching: body)) }
        thread.name = name
        thread.stackSize = 2 << 20
        thread.start()
      }
    } onCancel: {
      stop.stop()
    }
  }
}
