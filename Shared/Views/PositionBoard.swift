import EventLog
import Foundation
import Synchronization

/// What has been folded, and who waits for it.
final class PositionBoard: Sendable {
  private struct Waiter {
    let targets: [TopicPartition: Int64]
    let resume: @Sendable (Bool) -> Void
  }

  private struct State {
    var positions: [TopicPartition: Int64] = [:]
    var waiters: [Int: Waiter] = [:]
    var subscribers: [Int: @Sendable () -> Void] = [:]
    var nextId = 0
  }

  private let state = Mutex(State())

  var positions: [TopicPartition: Int64] { state.withLock { $0.positions } }

  func position(of partition: TopicPartition) -> Int64 { state.withLock { $0.positions[partition] ?? 0 } }

  func hasReached(_ targets: [TopicPartition: Int64]) -> Bool { state.withLock { Self.reached(targets, $0.positions) } }

  func replace(_ positions: [TopicPartition: Int64]) { state.withLock { $0.positions = positions } }

  func advance(to positions: [TopicPartition: Int64]) {
    let (done, subscribers) = state.withLock { state in
      state.positions.merge(positions) { $1 }
      let done = state.waiters.filter { Self.reached($0.value.targets, state.positions) }
      for id in done.keys { state.waiters[id] = nil }
      return (done.map(\.value), Array(state.subscribers.values))
    }
    for waiter in done { waiter.resume(true) }
    for subscriber in subscribers { subscriber() }
  }

  /// - Returns: whether the targets were reached before the time was over (or the task was cancelled).
  func wait(for targets: [TopicPartition: Int64], timeoutMilliseconds: Int) async -> Bool {
    let id = state.withLock { state in
      state.nextId += 1
      return state.nextId
    }
    let timeout = Task {
      try? await Task.sleep(for: .milliseconds(timeoutMilliseconds))
      self.giveUp(id)
    }
    defer { timeout.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReached = state.withLock { state in
          if Self.reached(targets, state.positions) { return true }
          state.waiters[id] = Waiter(targets: targets) { continuation.resume(returning: $0) }
          return false
        }
        if isReached { continuation.resume(returning: true) } else if Task.isCancelled { giveUp(id) }
      }
    } onCancel: {
      giveUp(id)
    }
  }

  private func giveUp(_ id: Int) {
    state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(false)
  }

  /// A stream that gives one element after something was folded; several changes in a row may give one.
  func changes() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id = state.withLock { state in
      state.nextId += 1
      state.subscribers[state.nextId] = { continuation.yield() }
      return state.nextId
    }
    continuation.onTermination = { _ in self.state.withLock { $0.subscribers[id] = nil } }
    return stream
  }

  private static func reached(_ targets: [TopicPartition: Int64], _ positions: [TopicPartition: Int64]) -> Bool {
    targets.allSatisfy { $0.value <= positions[$0.key] ?? 0 }
  }
}
