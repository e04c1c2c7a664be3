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
  /// What is to be done to the message. In JSON: `{"kind": "edit", "content": {…}}`.
  public enum Change: Hashable, Sendable {
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

extension ChangeParked.Change: Codable {
  private enum Kind: String, Codable, CaseIterable { case edit, revoke, reaction }
  private enum Key: String, CodingKey { case kind, content, emoji }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .edit: self = .edit(content: try container.decode(MessageContent.self, forKey: .content))
    case .revoke: self = .revoke
    case .reaction: self = .reaction(emoji: try container.decodeIfPresent(Personal<String>.self, forKey: .emoji))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .edit(let content):
      try container.encode(Kind.edit, forKey: .kind)
      try container.encode(content, forKey: .content)
    case .revoke: try container.encode(Kind.revoke, forKey: .kind)
    case .reaction(let emoji):
      try container.encode(Kind.reaction, forKey: .kind)
      try container.encodeIfPresent(emoji, forKey: .emoji)
    }
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
