import Events

/// What a decision about one customer needs to know: the contact, the conversations that are open or named, and those messages that the
/// input touches. The shell loads it; nothing else of the history is ever looked at.
public struct CustomerState: Hashable, Sendable {
  /// `nil`: there is no contact yet.
  public var person: Person?
  /// The open ones.
  public var conversations: [ConversationId: ConversationState]
  /// A message that is not listed was not loaded, and counts as not here.
  public var messages: [MessageId: MessageSlot]
  /// Commands that have their result.
  public var completed: Set<CommandId>

  public init(
    person: Person? = nil, conversations: [ConversationId: ConversationState] = [:], messages: [MessageId: MessageSlot] = [:],
    completed: Set<CommandId> = []
  ) {
    self.person = person
    self.conversations = conversations
    self.messages = messages
    self.completed = completed
  }

  /// The one open conversation over a business number.
  func openConversation(over channel: ChannelId) -> ConversationId? {
    conversations.first { $0.value.channel == channel }?.key
  }
}

/// An open conversation.
public struct ConversationState: Hashable, Sendable {
  public let channel: ChannelId
  public var windowEndsAt: Timestamp?
  /// How many of the customer's messages have ever counted as unread.
  public var incoming: Int
  /// How many of them nobody has read; always the last ones.
  public var unread: Int

  public init(channel: ChannelId, windowEndsAt: Timestamp? = nil, incoming: Int = 0, unread: Int = 0) {
    self.channel = channel
    self.windowEndsAt = windowEndsAt
    self.incoming = incoming
    self.unread = unread
  }
}
