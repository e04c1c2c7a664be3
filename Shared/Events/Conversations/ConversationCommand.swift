/// The records of `conversation.commands`.
public enum ConversationCommand: RecordBody {
  case markRead(MarkConversationRead)

  public static let types: [PayloadType<ConversationCommand>] = [
    PayloadType("conversation.mark-read", ConversationCommand.markRead)
  ]

  public var type: TypeName { TypeName("conversation.mark-read") }

  public var payload: any Encodable & Sendable {
    switch self {
    case .markRead(let payload): payload
    }
  }

  public var command: CommandId {
    switch self {
    case .markRead(let payload): payload.command
    }
  }

  /// Whose conversation it is about; also the key of the record.
  public var contact: ContactId {
    switch self {
    case .markRead(let payload): payload.contact
    }
  }
}

/// Sets the team's count of unread messages to zero, up to a message that the person has seen.
public struct MarkConversationRead: Codable, Hashable, Sendable {
  public let command: CommandId
  public let contact: ContactId
  public let conversation: ConversationId
  /// The last message seen; `nil`: all.
  public let upTo: MessageId?

  public init(command: CommandId, contact: ContactId, conversation: ConversationId, upTo: MessageId? = nil) {
    self.command = command
    self.contact = contact
    self.conversation = conversation
    self.upTo = upTo
  }
}

public struct ConversationRead: Codable, Hashable, Sendable {
  public let conversation: ConversationId
  public let contact: ContactId
  /// What is still unread.
  public let unread: Int

  public init(conversation: ConversationId, contact: ContactId, unread: Int) {
    self.conversation = conversation
    self.contact = contact
    self.unread = unread
  }
}

/// The one result of a command, refusals included.
public struct CommandCompleted: Codable, Hashable, Sendable {
  public let command: CommandId
  public let contact: ContactId
  /// `nil`: done.
  public let refusal: Refusal?

  public init(command: CommandId, contact: ContactId, refusal: Refusal? = nil) {
    self.command = command
    self.contact = contact
    self.refusal = refusal
  }
}

/// Why a command was refused.
public struct Refusal: Codable, Hashable, Sendable {
  public enum Reason: String, Codable, Sendable, CaseIterable { case notFound, conflict, invalid }

  public let reason: Reason
  /// For people.
  public let detail: String

  public init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}
