import Synchronization

/// When a live feed has something to do: the view has changed, or it is time to show that the connection lives.
struct FeedTicks: Sendable {
  enum Tick: Sendable { case changed, heartbeat }

  /// Holds one tick at most; each makes the feed look for changes.
  let stream: AsyncStream<Tick>

  init(changes: AsyncStream<Void>, heartbeatSeconds: Int) {
    let (stream, continuation) = AsyncStream.makeStream(of: Tick.self, bufferingPolicy: .bufferingNewest(1))
    let follow = Task {
      for await _ in changes { continuation.yield(.changed) }
    }
    let beat = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(heartbeatSeconds))
        continuation.yield(.heartbeat)
      }
    }
    continuation.onTermination = { _ in
      follow.cancel()
      beat.cancel()
    }
    self.stream = stream
  }
}

/// How many live feeds are open.
final class FeedCount: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }
  func open() { value.add(1, ordering: .relaxed) }
  func close() { value.subtract(1, ordering: .relaxed) }
}
