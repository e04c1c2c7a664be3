/// A condition that did not come true in time.
package struct NeverHappened: Error, CustomStringConvertible {
  package let description: String
}

/// Waits until a named condition holds, ten seconds at most.
package func eventually(_ name: String, _ condition: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now.advanced(by: .seconds(10))
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NeverHappened(description: "never happened: \(name)") }
    try await Task.sleep(for: .milliseconds(5))
  }
}
