import Events

extension Decision {
  /// Puts a message into its conversation, and applies what has waited for it. A message that is here already changes nothing.
  mutating func add(_ received: MessageReceived) {
    var waiting: [ParkedItem] = []
    switch state.messages[received.message] {
    case .recorded: return
    case .missing(let parked): waiting = parked
    case nil: break
    }
    let source = received.source
    let conversation = conversation(for: received)
    emit(
      .messageRecorded(
        MessageRecorded(
          message: received.message, conversation: conversation, contact: source.contact, source: source, direction: source.direction,
          content: received.content, context: received.context, referral: received.referral, errors: received.errors,
          windowEndsAt: laterWindow(received.windowEndsAt, of: conversation))))
    for item in waiting {
      switch item {
      case .status(let parked): take(parked.report)
      case .change(let parked): change(parked.target, parked.change, parked.source)
      }
    }
  }

  private mutating func conversation(for received: MessageReceived) -> ConversationId {
    let source = received.source
    if let open = state.openConversation(over: source.channel.id) { return open }
    let made = ConversationId(opening: received.message, with: source.contact)
    emit(.conversationOpened(ConversationOpened(conversation: made, contact: source.contact, channel: source.channel)))
    return made
  }

  /// A message that comes late never moves the end of the window back.
  private func laterWindow(_ end: Timestamp?, of conversation: ConversationId) -> Timestamp? {
    guard let end else { return nil }
    if let present = state.conversations[conversation]?.windowEndsAt, present >= end { return nil }
    return end
  }
}
