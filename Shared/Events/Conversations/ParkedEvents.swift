/// How long what speaks of a message that is not here waits for it.
public enum Parking {
  /// Longer than the provider goes on to redeliver (contract, section 1: 7 days).
  public static let keptHours: Int64 = 8 * 24
}

/// A status of a message that is not here yet. It is matched when the message comes, and expires after ``Parking/keptHours``.
public struct StatusParked: Codable, Hashable, Sendable {
  public let report: DeliveryReported
  /// When the report came in, from which its time runs.
  public let parkedAt: Timestamp

  public init(report: DeliveryReported, parkedAt: Timestamp) {
    self.report = report
    self.parkedAt = parkedAt
  }
}

/// An edit, a revoke or a reaction whose message is not here yet; kept like a status.
public struct ChangeParked: Codable, Hashable, Sendable {
  /// What is to be done to the message.
  public enum Change: Codable, Hashable, Sendable {
    case edit(content: MessageContent)
    case revoke
    /// Without an emoji the reaction was taken back.
    case reaction(emoji: Personal<String>?)
  }

  public let source: MessageSource
  public let target: ProviderMessageId
  public let change: Change
  public let parkedAt: Timestamp

  public init(source: MessageSource, target: ProviderMessageId, change: Change, parkedAt: Timestamp) {
    self.source = source
    self.target = target
    self.change = change
    self.parkedAt = parkedAt
  }
}

/// No message came in time for what was parked for it: another system sends from the same number, or the message is older than the suite.
public struct ParkedExpired: Codable, Hashable, Sendable {
  public let message: MessageId
  public let contact: ContactId

  public init(message: MessageId, contact: ContactId) {
    self.message = message
    self.contact = contact
  }
}
