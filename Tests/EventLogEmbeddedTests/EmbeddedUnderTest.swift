import EventLog
import EventLogContract
import EventLogEmbedded
import Foundation

/// A log in a folder of its own, removed after the case.
enum EmbeddedUnderTest {
  static let sessionTimeoutMilliseconds = 400

  static func run(_ contractCase: @escaping @Sendable (LogUnderTest) throws -> Void) async throws {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let faults = Faults()
    let test = LogUnderTest(
      prefix: "case", folder: folder, sessionTimeoutMilliseconds: sessionTimeoutMilliseconds,
      faults: faults, probe: ProbeCommand(executable: probePath, log: "embedded:\(folder)"),
      open: { try faults.open(folder) })
    try await test.run(contractCase)
  }

  static func temporaryFolder() -> String { NSTemporaryDirectory() + "/embedded-log-\(UUID().uuidString)" }

  /// Beside the test bundle.
  private static var probePath: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("log-probe").path
  }
}
