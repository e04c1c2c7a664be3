import Events

/// The place of a message in the state: the message, or what waits for it.
public enum MessageSlot: Hashable, Sendable {
  case missing(parked: [ParkedItem])
  case recorded(MessageState)

  /// More than this never waits for one message: the provider has six statuses, and edits and reactions are made by hand.
  public static let maxParkedItems = 64
}

public struct MessageState: Hashable, Sendable {
  public let conversation: ConversationId
  public let direction: Direction
  /// ``ConversationState/incoming`` after this message: who has read up to here has read that many.
  public let incoming: Int
  /// `nil` for what the customer wrote.
  public var status: MessageStatus?
  public var errors: [ProviderError]
  public var pricing: Pricing?
  public var editedAt: Timestamp?
  public var isRevoked: Bool
  public var reactions: [Direction: ReactionState]

  public init(
    conversation: ConversationId, direction: Direction, incoming: Int, status: MessageStatus? = nil, errors: [ProviderError] = [],
    pricing: Pricing? = nil, editedAt: Timestamp? = nil, isRevoked: Bool = false, reactions: [Direction: ReactionState] = [:]
  ) {
    self.conversation = conversation
    self.direction = direction
    self.incoming = incoming
    self.status = status
    self.errors = errors
    self.pricing = pricing
    self.editedAt = editedAt
    self.isRevoked = isRevoked
    self.reactions = reactions
  }
}

/// One side's reaction to a message. A withdrawn one is kept too, so that an older one that comes late does not bring it back.
public struct ReactionState: Hashable, Sendable {
  public let emoji: Personal<String>?
  public let at: Timestamp

  public init(emoji: Personal<String>?, at: Timestamp) {
    self.emoji = emoji
    self.at = at
  }
}

/// Something said about a message that is not here yet.
public enum ParkedItem: Hashable, Sendable {
  case status(StatusParked)
  case change(ChangeParked)

  public var parkedAt: Timestamp {
    switch self {
    case .status(let parked): parked.parkedAt
    case .change(let parked): parked.parkedAt
    }
  }

  /// Whether both say the same, whenever they came in.
  func repeats(_ other: ParkedItem) -> Bool {
    switch (self, other) {
    case (.status(let a), .status(let b)): a.report == b.report
    case (.change(let a), .change(let b)): a.source.providerId == b.source.providerId
    default: false
    }
  }
}
