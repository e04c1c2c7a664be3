import Synchronization

/// A value that several threads share.
final class Shared<Value: Sendable>: Sendable {
  private let state: Mutex<Value>
  init(_ value: Value) { state = Mutex(value) }
  var value: Value { state.withLock { $0 } }
  func change<R: Sendable>(_ body: (inout Value) -> R) -> R { state.withLock { body(&$0) } }
}

extension Shared<Bool> {
  /// True for the first who asks.
  func take() -> Bool {
    change { isSet in
      defer { isSet = false }
      return isSet
    }
  }
}
