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
  /// The provider's time of the edit.
  public let at: Timestamp

  public init(message: MessageId, conversation: ConversationId, content: MessageContent, at: Timestamp) {
    self.message = message
    self.conversation = conversation
    self.content = content
    self.at = at
  }
}

public struct MessageWithdrawn: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId
  /// The provider's time of the revoke.
  public let at: Timestamp

  public init(message: MessageId, conversation: ConversationId, at: Timestamp) {
    self.message = message
    self.conversation = conversation
    self.at = at
  }
}

public struct MessageReaction: Codable, Hashable, Sendable {
  public let message: MessageId
  public let conversation: ConversationId
  /// Who reacted: `in` is the customer.
  public let direction: Direction
  /// `nil`: the reaction was taken back.
  public let emoji: Personal<String>?
  /// The provider's time of the reaction.
  public let at: Timestamp

  public init(message: MessageId, conversation: ConversationId, direction: Direction, emoji: Personal<String>? = nil, at: Timestamp) {
    self.message = message
    self.conversation = conversation
    self.direction = direction
    self.emoji = emoji
    self.at = at
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
  /// The provider's time of the report.
  public let at: Timestamp

  public init(
    message: MessageId, conversation: ConversationId, status: MessageStatus, reported: MessageStatus, errors: [ProviderError],
    pricing: Pricing? = nil, at: Timestamp
  ) {
    self.message = message
    self.conversation = conversation
    self.status = status
    self.reported = reported
    self.errors = errors
    self.pricing = pricing
    self.at = at
  }
}
