import EventLog
import Foundation
import Synchronization

/// What the log did that the contract forbids.
public struct ContractViolation: Error, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

func require(_ condition: Bool, _ violation: @autoclosure () -> String) throws {
  if !condition { throw ContractViolation(violation()) }
}

/// The limit of every wait, far above what any of them needs.
let maxWaitMilliseconds = 60_000
private let lookIntervalSeconds = 0.005

/// Waits until the condition holds.
func waitUntil(_ condition: String, _ holds: () throws -> Bool) throws {
  let end = Date(timeIntervalSinceNow: Double(maxWaitMilliseconds) / 1_000)
  while try !holds() {
    if Date() > end { throw ContractViolation("waited \(maxWaitMilliseconds) ms in vain until \(condition)") }
    Thread.sleep(forTimeInterval: lookIntervalSeconds)
  }
}

/// The error of the log that `body` throws.
func logError(of call: String, _ body: () throws -> Void) throws -> LogError {
  do { try body() } catch let error as LogError { return error }
  throw ContractViolation("\(call) went well, but should have been refused")
}

/// Work on a thread of its own, whose end can be waited for.
final class Background<Value: Sendable>: Sendable {
  let stop = StopSignal()
  private let result = Mutex<Result<Value, any Error>?>(nil)

  init(_ body: @escaping @Sendable (StopSignal) throws -> Value) {
    let thread = Thread { [self] in
      let outcome = Result { try body(stop) }
      result.withLock { $0 = outcome }
    }
    thread.stackSize = 2 << 20
    thread.start()
  }

  var hasEnded: Bool { result.withLock { $0 != nil } }

  /// Asks it to end, and waits.
  @discardableResult func finish() throws -> Value {
    stop.stop()
    return try value()
  }

  func value() throws -> Value {
    try waitUntil("the background work ends") { hasEnded }
    guard let outcome = result.withLock({ $0 }) else { throw ContractViolation("background work without an outcome") }
    return try outcome.get()
  }
}
