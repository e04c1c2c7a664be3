import EventLog
import Events
import Foundation
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
    var plan = plan
    plan.sessionTimeoutMilliseconds = settings.sessionTimeoutMilliseconds
    return Loop("step.\(plan.group)") { [plan] stop in
      let slot = try Slot(group: plan.group, folder: settings.dataFolder)
      let runner = StepRunner(log: log, plan: plan, slot: slot, logger: logger, makeHandler: makeHandler)
      try retrying(plan.group, stop: stop) {
        guard try view.waitUntilCaughtUp(stop: stop) else { return }
        try runner.run(stop: stop)
      }
    }
  }

  /// A log that is away while a loop begins is waited for, as one that goes away later is.
  private func retrying(_ name: String, stop: StopSignal, _ begin: () throws -> Void) throws {
    while !stop.isStopped {
      do {
        return try begin()
      } catch let error as LogError where error.isRetriable {
        logger.warning("waiting for the event log", metadata: ["loop": "\(name)", "reason": "\(error)"])
        Thread.sleep(forTimeInterval: Self.logRetrySeconds)
      }
    }
  }

  private static let logRetrySeconds = 0.5

  /// Watches that no input of the step comes near the end of its retention unread.
  public func watch(_ plan: StepPlan, now: @escaping @Sendable () -> Int64 = StepRunner.wallClock) -> UnreadWatch {
    let inputs = Topics.all.map(\.settings).filter { plan.topics.contains($0.name) }
    return UnreadWatch(group: plan.group, topics: inputs, log: log, now: now, logger: logger)
  }
}

extension ServiceParts {
  /// A service that only follows its topics.
  public static func standby(_ name: String, _ fold: RecordCountFold, _ platform: Platform) throws -> ServiceParts {
    let view = try platform.view(fold)
    return ServiceParts(name: name, loops: [platform.loop(view)], checks: [platform.check(view)])
  }
}
