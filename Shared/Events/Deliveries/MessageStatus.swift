/// How far a message that leaves has come (contract, section 4). Statuses arrive in any order and are merged by rank.
public enum MessageStatus: String, Codable, Sendable, CaseIterable {
  case queued, accepted, sent, delivered, read, played, failed
  /// A value that this build does not know, or one that says nothing (`deleted`): never changes a message.
  case other

  private var rank: Int {
    switch self {
    case .other: -1
    case .queued: 0
    case .accepted: 1
    case .sent: 2
    case .failed: 2
    case .delivered: 3
    case .read: 4
    case .played: 5
    }
  }

  /// The status after one more report. Commutative and idempotent: the highest rank wins; `failed` beats all that proves no delivery, and
  /// yields to what proves one (seen with customers who have several devices).
  public func merged(with report: MessageStatus) -> MessageStatus {
    if rank != report.rank { return rank > report.rank ? self : report }
    return self == .failed || report == .failed ? .failed : self
  }

  /// `read` implies delivered, also where no `delivered` ever came.
  public var provesDelivery: Bool { rank >= 3 }
}
