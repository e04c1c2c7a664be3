import Synchronization

/// A request on its way from the caller's task to the loop's thread.
struct TransferOrder: Sendable {
  let id: UInt64
  let request: HTTPRequest
  let deadline: ContinuousClock.Instant
  let mark: CancelMark
  let receiver: Receiver
}

/// Where the answer goes; each receiver is finished exactly once.
enum Receiver: Sendable {
  case whole(CheckedContinuation<Result<HTTPResponse, OutboundError>, Never>)
  case lines(AsyncThrowingStream<String, any Error>.Continuation)

  func finish(_ result: Result<HTTPResponse, OutboundError>) {
    switch (self, result) {
    case (.whole(let continuation), _): continuation.resume(returning: result)
    case (.lines(let continuation), .success): continuation.finish()
    case (.lines(let continuation), .failure(let error)): continuation.finish(throwing: error)
    }
  }
}

/// Set by the caller's task; lets a cancellation be seen that overtakes its own order.
final class CancelMark: Sendable {
  private let flag = Atomic<Bool>(false)

  func set() { flag.store(true, ordering: .releasing) }
  var isSet: Bool { flag.load(ordering: .acquiring) }
}
