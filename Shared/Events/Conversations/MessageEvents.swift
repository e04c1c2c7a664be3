public struct ConversationOpened: Codable, Hashable, Sendable {
  public let conversation: ConversationId
  public let contact: ContactId
  public let channel: ChannelReference

  public init(conversation: ConversationId, contact: ContactId, channel: ChannelReference) {
    self.conversation = conversation
    self.contact = contact
    self.channel = channel
  }
}

/// Which way a message went.
public enum Direction: String, Codable, Sendable, CaseIterable {
  case incoming = "in"
  case outgoing = "out"
}

/// A message stands in a conversation.
public struct MessageRecorded: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId
  public let contact: ContactId
  public let source: MessageSource
  public let direction: Direction
  public let content: MessageContent
  public let context: ReplyContext?
  public let referral: Referral?
  public let errors: [ProviderError]?
  /// The customer service window of the conversation after this message, where the message moves it (contract, section 7).
  public let windowEndsAt: Timestamp?

  public init(
    message: MessageId, conversation: ConversationId, contact: ContactId, source: MessageSource, direction: Direction,
    content: MessageContent, context: ReplyContext? = nil, referral: Referral? = nil, errors: [ProviderError]? = nil,
    windowEndsAt: Timestamp? = nil
  ) {
    self.message = message
    self.conversation = conversation
    self.contact = contact
    self.source = source
    self.direction = direction
    self.content = content
    self.context = context
    self.referral = referral
    self.errors = errors
    self.windowEndsAt = windowEndsAt
  }
}

public struct MessageContentChanged: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId
  public let content: MessageContent

  public init(message: MessageId, conversation: ConversationId, content: MessageContent) {
    self.message = message
    self.conversation = conversation
    self.content = content
  }
}

public struct MessageWithdrawn: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId

  public init(message: MessageId, conversation: ConversationId) {
    self.message = message
    self.conversation = conversation
  }
}

public struct MessageReaction: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId
  /// Who reacted: `in` is the customer.
  public let direction: Direction
  public let emoji: Personal<String>?

  public init(message: MessageId, conversation: ConversationId, direction: Direction, emoji: Personal<String>? = nil) {
    self.message = message
    self.conversation = conversation
    self.direction = direction
    self.emoji = emoji
  }
}

/// The status of a message has risen (``MessageStatus/merged(with:)``).
public struct MessageStatusChanged: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId
  public let status: MessageStatus
  /// What the provider said; `status` is what follows from all reports.
  public let reported: MessageStatus
  public let errors: [ProviderError]
  public let pricing: Pricing?

  public init(
    message: MessageId, conversation: ConversationId, status: MessageStatus, reported: MessageStatus, errors: [ProviderError],
    pricing: Pricing? = nil
  ) {
    self.message = message
    self.conversation = conversation
    self.status = status
    self.reported = reported
    self.errors = errors
    self.pricing = pricing
  }
}

/// A status of a message that is not here yet. It is matched when the message comes, and expires after ``keptHours``.
public struct StatusParked: Codable, Hashable, Sendable {
  public let report: DeliveryReported

  /// Longer than the provider goes on to redeliver (contract, section 1: 7 days).
  public static let keptHours: Int64 = 8 * 24

  public init(report: DeliveryReported) {
    self.report = report
  }
}

/// No message came for a parked status in time: another system sends from the same number.
public struct StatusExpired: Codable, Hashable, Sendable {
  public let providerId: ProviderMessageId
  public let contact: ContactId

  public init(providerId: ProviderMessageId, contact: ContactId) {
    self.providerId = providerId
    self.contact = contact
  }
}
