import EventLog
import Foundation
import Synchronization

/// What a driver or a test broker can show. A case that needs more is not run, and the driver's tests say so.
public enum Capability: Sendable, Hashable {
  /// A member that does not poll for its session time-out loses its partitions.
  case expiresSilentMembers
  /// Several processes may write at once.
  case manyProcesses
}

/// Where the next commit of a group breaks off.
public enum CommitPoint: Sendable, Hashable, CaseIterable {
  case before, inside, after
}

/// What the cases inject where the driver can.
public protocol LogFaults: Sendable {
  /// The next commit of the group throws ``LogError/aborted(_:)``; after ``CommitPoint/after`` it stands all the same.
  func failNextCommit(of group: String, at point: CommitPoint)
  /// While held, what is written stands but no reader sees it.
  func holdVisibility(_ held: Bool)
  /// While stalled, appends wait in the bounded queue.
  func stallWriter(_ stalled: Bool)
}

/// How a child process opens the same log.
public struct ProbeCommand: Sendable {
  public let executable: String
  /// The child's first argument; the second is the ``ProbePlan``.
  public let log: String

  public init(executable: String, log: String) {
    self.executable = executable
    self.log = log
  }
}

/// The log of one case: opened once, and again after a restart. Names of topics and groups are its own, so one broker serves all cases.
public final class LogUnderTest: Sendable {
  public static let partitions: Int32 = 4
  public static let maxMessageBytes = 5 << 20

  public let prefix: String
  /// For slots and whatever else a process keeps.
  public let folder: String
  public let sessionTimeoutMilliseconds: Int
  public let faults: (any LogFaults)?
  public let probe: ProbeCommand?
  private let open: @Sendable () throws -> any EventLog
  private let current = Mutex<(any EventLog)?>(nil)

  /// - Parameters:
  ///   - prefix: unique in the cluster.
  ///   - sessionTimeoutMilliseconds: the shortest that the broker takes.
  ///   - open: opens the log; called again after it was closed.
  public init(
    prefix: String, folder: String, sessionTimeoutMilliseconds: Int, faults: (any LogFaults)? = nil,
    probe: ProbeCommand? = nil, open: @escaping @Sendable () throws -> any EventLog
  ) {
    self.prefix = prefix
    self.folder = folder
    self.sessionTimeoutMilliseconds = sessionTimeoutMilliseconds
    self.faults = faults
    self.probe = probe
    self.open = open
  }

  /// Runs a case on a thread of its own, because it blocks, and closes the log after it.
  public func run(_ contractCase: @escaping @Sendable (LogUnderTest) throws -> Void) async throws {
    try await BlockingThread.run(named: "contract") {
      defer { self.close() }
      try contractCase(self)
    }
  }

  var log: any EventLog {
    get throws {
      try current.withLock { current in
        if let log = current { return log }
        let log = try open()
        current = log
        return log
      }
    }
  }

  func close() {
    current.withLock { current in
      current?.close()
      current = nil
    }
  }

  func name(_ word: String) -> String { "\(prefix).\(word)" }

  /// Creates a topic of this case.
  func topic(_ word: String, partitions: Int32 = LogUnderTest.partitions) throws -> String {
    let settings = TopicSettings(name: name(word), retention: .forever, maxMessageBytes: Self.maxMessageBytes)
    try log.createTopics([settings], partitions: partitions)
    return settings.name
  }

  func stepSettings(_ topics: [String], member: String, group: String = "step") -> StepSettings {
    StepSettings(
      group: name(group), topics: topics, memberId: name("\(group)/\(member)"),
      sessionTimeoutMilliseconds: sessionTimeoutMilliseconds)
  }
}
