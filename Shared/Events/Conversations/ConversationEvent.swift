/// The records of `conversation.events`.
public enum ConversationEvent: RecordBody {
  case contactCreated(ContactCreated)
  case contactUpdated(ContactUpdated)
  case conversationOpened(ConversationOpened)
  case messageRecorded(MessageRecorded)
  case messageEdited(MessageContentChanged)
  case messageRevoked(MessageWithdrawn)
  case reactionChanged(MessageReaction)
  case statusChanged(MessageStatusChanged)
  case statusParked(StatusParked)
  case changeParked(ChangeParked)
  case parkedExpired(ParkedExpired)
  case conversationRead(ConversationRead)
  case commandCompleted(CommandCompleted)

  public static let types: [PayloadType<ConversationEvent>] = [
    PayloadType("contact.created", ConversationEvent.contactCreated),
    PayloadType("contact.updated", ConversationEvent.contactUpdated),
    PayloadType("conversation.opened", ConversationEvent.conversationOpened),
    PayloadType("message.recorded", ConversationEvent.messageRecorded),
    PayloadType("message.edited", ConversationEvent.messageEdited),
    PayloadType("message.revoked", ConversationEvent.messageRevoked),
    PayloadType("reaction.changed", ConversationEvent.reactionChanged),
    PayloadType("message.status-changed", ConversationEvent.statusChanged),
    PayloadType("message.status-parked", ConversationEvent.statusParked),
    PayloadType("message.change-parked", ConversationEvent.changeParked),
    PayloadType("message.parked-expired", ConversationEvent.parkedExpired),
    PayloadType("conversation.read", ConversationEvent.conversationRead),
    PayloadType("command.completed", ConversationEvent.commandCompleted),
  ]

  private var parts: (TypeName, any Encodable & Sendable) {
    switch self {
    case .contactCreated(let payload): (TypeName("contact.created"), payload)
    case .contactUpdated(let payload): (TypeName("contact.updated"), payload)
    case .conversationOpened(let payload): (TypeName("conversation.opened"), payload)
    case .messageRecorded(let payload): (TypeName("message.recorded"), payload)
    case .messageEdited(let payload): (TypeName("message.edited"), payload)
    case .messageRevoked(let payload): (TypeName("message.revoked"), payload)
    case .reactionChanged(let payload): (TypeName("reaction.changed"), payload)
    case .statusChanged(let payload): (TypeName("message.status-changed"), payload)
    case .statusParked(let payload): (TypeName("message.status-parked"), payload)
    case .changeParked(let payload): (TypeName("message.change-parked"), payload)
    case .parkedExpired(let payload): (TypeName("message.parked-expired"), payload)
    case .conversationRead(let payload): (TypeName("conversation.read"), payload)
    case .commandCompleted(let payload): (TypeName("command.completed"), payload)
    }
  }

  public var type: TypeName { parts.0 }
  public var payload: any Encodable & Sendable { parts.1 }
}
