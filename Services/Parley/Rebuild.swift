import ArgumentParser
import EventLog
import Launch
import Logging
import ServiceKit
import Views

struct Rebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Folds the views anew from the log.",
    discussion: """
      Each view is folded into a new file, up to where the present one stands; the new file takes its place. Beside a running suite the \
      log is only read, and the views in use stay as they are.
      """)

  @OptionGroup var options: ServiceOptions

  @Flag(help: "Compare the digests of the old and the new rows; exit code 1 where they differ.")
  var verify = false

  func run() async throws {
    try await Launch.reportingFailure {
      let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: false)
      let logger = Launch.bootstrap(settings)
      let log = try LogDrivers.openReadOnly(settings, logger: logger)
      defer { log.close() }
      var differing: [String] = []
      for fold in Suite.folds {
        guard let report = try rebuild(fold, "\(settings.dataFolder)/views", log, logger) else { continue }
        let outcome = report.agrees ? "the same" : "DIFFERENT"
        print(
          "\(report.view): \(report.after.rows) rows, digest \(report.after.hex.prefix(16)), \(outcome) as before"
            + (report.isSwapped ? "" : " (in use: not replaced)"))
        if !report.agrees { differing.append(report.view) }
      }
      if verify && !differing.isEmpty { throw CleanFailure(text: "These views differ from the log: \(differing.joined(separator: ", "))") }
    }
  }

  private func rebuild<F: Fold>(_ fold: F, _ folder: String, _ log: any EventLog, _ logger: Logger) throws -> RebuildReport? {
    guard View<F>.exists(fold, in: folder) else {
      print("\(fold.name): there is none yet")
      return nil
    }
    return try View.rebuild(folder: folder, fold: fold, log: log, logger: logger)
  }
}
