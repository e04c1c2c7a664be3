import EventLog
import HTTPKit

/// What a service of the suite consists of. `parley up` joins all of them in one process; each executable runs one.
public struct ServiceParts: Sendable {
  public let name: String
  public var routes: [Route]
  public var loops: [Loop]
  public var checks: [ReadinessCheck]

  public init(name: String, routes: [Route] = [], loops: [Loop] = [], checks: [ReadinessCheck] = []) {
    self.name = name
    self.routes = routes
    self.loops = loops
    self.checks = checks
  }
}

/// Work that lasts as long as the process, on a thread of its own. When it throws, the process ends with the error.
public struct Loop: Sendable {
  public let name: String
  let run: @Sendable (StopSignal) throws -> Void
  let wake: @Sendable () -> Void

  /// - Parameter wake: lets `run` look at its stop signal at once.
  public init(_ name: String, wake: @escaping @Sendable () -> Void = {}, run: @escaping @Sendable (StopSignal) throws -> Void) {
    self.name = name
    self.run = run
    self.wake = wake
  }
}

/// A question that `/readyz` asks; blocks for a moment at most.
public struct ReadinessCheck: Sendable {
  public let name: String
  /// `nil`: ready. Otherwise the reason, for people.
  package let problem: @Sendable () -> String?

  public init(_ name: String, problem: @escaping @Sendable () -> String?) {
    self.name = name
    self.problem = problem
  }
}
