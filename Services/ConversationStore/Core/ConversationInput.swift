import Events

/// What a decision is asked for. Names what it touches, so that the shell can load just that.
public enum ConversationInput: Sendable {
  case inbound(InboundRecord)
  case delivery(DeliveryRecord)
  case command(ConversationCommand)
  /// The time of what is parked for a message may be over.
  case expiry(MessageId, ContactId)

  public var contact: ContactId {
    switch self {
    case .inbound(let record): record.source.contact
    case .delivery(.reported(let report)): report.contact
    case .command(let command): command.contact
    case .expiry(_, let contact): contact
    }
  }

  /// The message it is about, if there is one.
  public var message: MessageId? {
    switch self {
    case .inbound(.messageReceived(let received)): received.message
    case .inbound(.messageEdited(let edited)): MessageId(provider: edited.target)
    case .inbound(.messageRevoked(let revoked)): MessageId(provider: revoked.target)
    case .inbound(.reactionChanged(let reaction)): MessageId(provider: reaction.target)
    case .delivery(.reported(let report)): MessageId(provider: report.providerId)
    case .command(.markRead(let command)): command.upTo
    case .expiry(let message, _): message
    }
  }

  public var command: CommandId? {
    if case .command(let command) = self { command.command } else { nil }
  }
}
