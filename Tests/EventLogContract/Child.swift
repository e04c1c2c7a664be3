import EventLog
import Foundation

/// A child process that runs a ``ProbePlan``.
final class Child {
  private let process = Process()
  private let plan: ProbePlan

  init(_ test: LogUnderTest, _ plan: ProbePlan) throws {
    guard let probe = test.probe else { throw ContractViolation("this case needs a probe") }
    self.plan = plan
    if !FileManager.default.fileExists(atPath: plan.progressPath) {
      try FileManager.default.createDirectory(atPath: plan.folder, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: plan.progressPath))
    }
    process.executableURL = URL(fileURLWithPath: probe.executable)
    process.arguments = [probe.log, try plan.argument()]
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// Waits until it has made so many commits more, or has ended.
  func waitForCommits(_ count: Int) throws {
    let start = commits()
    try waitUntil("the child has made \(count) commits") { commits() >= start + count || !process.isRunning }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// - Returns: the exit status, or `nil` when a signal ended it.
  func waitForEnd() throws -> Int32? {
    try waitUntil("the child ends") { !process.isRunning }
    return process.terminationReason == .exit ? process.terminationStatus : nil
  }

  private func commits() -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: plan.progressPath)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
