import EventLog
import Synchronization

/// What the contract tests do to an embedded log. A log without it (the default) never asks.
package final class EmbeddedFaults: Sendable {
  /// Where the next commit of a group breaks off.
  package enum CommitPoint: Sendable, Hashable {
    /// Nothing has been written yet.
    case before
    /// Outputs and offsets are written, the transaction is rolled back.
    case inside
    /// The transaction stands, but the caller does not learn of it.
    case after
  }

  private struct State {
    var points: [String: CommitPoint] = [:]
    var holdsVisibility = false
    var stallsWriter = false
  }

  private let state = Mutex(State())

  package init() {}

  /// The next commit of the group is answered with ``LogError/aborted(_:)``.
  package func failNextCommit(of group: String, at point: CommitPoint) { state.withLock { $0.points[group] = point } }

  /// While held, new records stand in the log but no reader sees them, as when a broker's transaction markers are late.
  package func holdVisibility(_ held: Bool) { state.withLock { $0.holdsVisibility = held } }

  /// While stalled, the writer takes nothing from its queue.
  package func stallWriter(_ stalled: Bool) { state.withLock { $0.stallsWriter = stalled } }

  func takePoint(of group: String) -> CommitPoint? { state.withLock { $0.points.removeValue(forKey: group) } }
  var holdsVisibility: Bool { state.withLock { $0.holdsVisibility } }
  var stallsWriter: Bool { state.withLock { $0.stallsWriter } }
}
