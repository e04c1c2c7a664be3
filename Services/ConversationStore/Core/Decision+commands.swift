import Events

extension Decision {
  /// A command has one result: one that has it already gives no second.
  mutating func markRead(_ command: MarkConversationRead) {
    if state.completed.contains(command.command) { return }
    guard let conversation = state.conversations[command.conversation] else {
      return complete(command, refused: Refusal(.notFound, "there is no such conversation"))
    }
    var unread = 0
    if let upTo = command.upTo {
      guard case .recorded(let message) = state.messages[upTo], message.conversation == command.conversation else {
        return complete(command, refused: Refusal(.notFound, "there is no such message in the conversation"))
      }
      unread = min(conversation.unread, conversation.incoming - message.incoming)
    }
    if unread != conversation.unread {
      emit(.conversationRead(ConversationRead(conversation: command.conversation, contact: command.contact, unread: unread)))
    }
    complete(command, refused: nil)
  }

  private mutating func complete(_ command: MarkConversationRead, refused refusal: Refusal?) {
    emit(.commandCompleted(CommandCompleted(command: command.command, contact: command.contact, refusal: refusal)))
  }
}
