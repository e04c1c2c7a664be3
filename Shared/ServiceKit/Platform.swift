import EventLog
import Events
import HTTPKit
import Logging
import Views

/// What every service is built with.
public struct Platform: Sendable {
  public let settings: Settings
  public let secrets: Secrets
  public let log: any EventLog
  public let logger: Logger
  public let pageTokens: PageTokens

  public init(settings: Settings, secrets: Secrets, log: any EventLog, logger: Logger) {
    self.settings = settings
    self.secrets = secrets
    self.log = log
    self.logger = logger
    pageTokens = PageTokens(secret: secrets.workspace)
  }

  public var workspace: WorkspaceId { settings.workspace }

  /// Opens the view of a fold, in the data folder of this instance.
  public func view<F: Fold>(_ fold: F) throws -> View<F> {
    try View(folder: "\(settings.dataFolder)/views", fold: fold, log: log, logger: logger)
  }

  /// The loop that folds a view.
  public func loop<F: Fold>(_ view: View<F>) -> Loop {
    Loop("view.\(view.fold.name)", wake: { view.wake() }) { try view.run(stop: $0) }
  }

  /// Says when a view is too far behind for its answers to be true.
  public func check<F: Fold>(_ view: View<F>) -> ReadinessCheck {
    ReadinessCheck("view.\(view.fold.name)") {
      do {
        let lag = try view.lag()
        return lag > Self.maxReadyLagRecords ? "\(lag) records behind the log" : nil
      } catch {
        return "\(error)"
      }
    }
  }

  /// More unread records than this make an instance not ready.
  public static let maxReadyLagRecords: Int64 = 10_000

  /// The loop of a step that decides on a view's state. It joins its group only once the view has read what stood in the log at the start.
  public func loop<F: Fold>(
    step plan: StepPlan, on view: View<F>, makeHandler: @escaping @Sendable () throws -> any StepHandler
  ) -> Loop {
    Loop("step.\(plan.group)") { stop in
      guard try view.waitUntilCaughtUp(stop: stop) else { return }
      let slot = try Slot(group: plan.group, folder: settings.dataFolder)
      try StepRunner(log: log, plan: plan, slot: slot, logger: logger, makeHandler: makeHandler).run(stop: stop)
    }
  }
}

extension ServiceParts {
  /// A service that only follows its topics.
  public static func standby(_ name: String, _ fold: RecordCountFold, _ platform: Platform) throws -> ServiceParts {
    let view = try platform.view(fold)
    return ServiceParts(name: name, loops: [platform.loop(view)], checks: [platform.check(view)])
  }
}
