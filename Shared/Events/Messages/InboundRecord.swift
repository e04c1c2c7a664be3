/// The records of `messages.inbound`.
public enum InboundRecord: RecordBody {
  case messageReceived(MessageReceived)
  case messageEdited(MessageEdited)
  case messageRevoked(MessageRevoked)
  case reactionChanged(ReactionChanged)

  public static let types: [PayloadType<InboundRecord>] = [
    PayloadType("message.received", InboundRecord.messageReceived),
    PayloadType("message.edited", InboundRecord.messageEdited),
    PayloadType("message.revoked", InboundRecord.messageRevoked),
    PayloadType("reaction.changed", InboundRecord.reactionChanged),
  ]

  public var type: TypeName {
    switch self {
    case .messageReceived: TypeName("message.received")
    case .messageEdited: TypeName("message.edited")
    case .messageRevoked: TypeName("message.revoked")
    case .reactionChanged: TypeName("reaction.changed")
    }
  }

  public var payload: any Encodable & Sendable {
    switch self {
    case .messageReceived(let payload): payload
    case .messageEdited(let payload): payload
    case .messageRevoked(let payload): payload
    case .reactionChanged(let payload): payload
    }
  }

  public var source: MessageSource {
    switch self {
    case .messageReceived(let payload): payload.source
    case .messageEdited(let payload): payload.source
    case .messageRevoked(let payload): payload.source
    case .reactionChanged(let payload): payload.source
    }
  }
}

public struct MessageReceived: Codable, Hashable, Sendable {
  public let message: MessageId
  public let source: MessageSource
  public let content: MessageContent
  public let context: ReplyContext?
  public let referral: Referral?
  public let errors: [ProviderError]?

  public init(
    message: MessageId, source: MessageSource, content: MessageContent, context: ReplyContext? = nil, referral: Referral? = nil,
    errors: [ProviderError]? = nil
  ) {
    self.message = message
    self.source = source
    self.content = content
    self.context = context
    self.referral = referral
    self.errors = errors
  }
}

public struct MessageEdited: Codable, Hashable, Sendable {
  public let source: MessageSource
  /// The message that was edited.
  public let target: ProviderMessageId
  public let content: MessageContent

  public init(source: MessageSource, target: ProviderMessageId, content: MessageContent) {
    self.source = source
    self.target = target
    self.content = content
  }
}

public struct MessageRevoked: Codable, Hashable, Sendable {
  public let source: MessageSource
  public let target: ProviderMessageId

  public init(source: MessageSource, target: ProviderMessageId) {
    self.source = source
    self.target = target
  }
}

public struct ReactionChanged: Codable, Hashable, Sendable {
  public let source: MessageSource
  public let target: ProviderMessageId
  /// `nil`: the reaction was taken back.
  public let emoji: Personal<String>?

  public init(source: MessageSource, target: ProviderMessageId, emoji: Personal<String>? = nil) {
    self.source = source
    self.target = target
    self.emoji = emoji
  }
}
