import EventLog
import EventLogContract
import EventLogEmbedded
import Synchronization

/// The contract's faults, injected by the driver's own hooks.
final class Faults: LogFaults {
  private static let maxQueuedRecords = 1_000

  private let faults = EmbeddedFaults()
  private let log = Mutex<EmbeddedLog?>(nil)

  func open(_ folder: String) throws -> any EventLog {
    var settings = EmbeddedSettings()
    settings.faults = faults
    settings.maxQueuedRecords = Self.maxQueuedRecords
    let log = try EmbeddedLog(folder: folder, settings: settings)
    self.log.withLock { $0 = log }
    return log
  }

  func failNextCommit(of group: String, at point: EventLogContract.CommitPoint) {
    let driverPoint: EmbeddedFaults.CommitPoint =
      switch point {
      case .before: .before
      case .inside: .inside
      case .after: .after
      }
    faults.failNextCommit(of: group, at: driverPoint)
  }

  func holdVisibility(_ held: Bool) {
    faults.holdVisibility(held)
    log.withLock { $0 }?.applyFaults()
  }

  func stallWriter(_ stalled: Bool) {
    faults.stallWriter(stalled)
    log.withLock { $0 }?.applyFaults()
  }
}
