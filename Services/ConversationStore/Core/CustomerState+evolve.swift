import Events

extension CustomerState {
  /// What is true after an event.
  public mutating func evolve(_ event: ConversationEvent) {
    switch event {
    case .contactCreated(let created): person = created.person
    case .contactUpdated(let updated): person = (person ?? Person()).updated(with: updated.person)
    case .conversationOpened(let opened): conversations[opened.conversation] = ConversationState(channel: opened.channel.id)
    case .messageRecorded(let recorded): evolve(recorded)
    case .messageEdited(let edited): update(edited.message) { $0.editedAt = edited.at }
    case .messageRevoked(let revoked): update(revoked.message) { $0.isRevoked = true }
    case .reactionChanged(let changed):
      update(changed.message) { $0.reactions[changed.direction] = ReactionState(emoji: changed.emoji, at: changed.at) }
    case .statusChanged(let changed):
      update(changed.message) { message in
        message.status = changed.status
        message.errors += changed.errors.filter { !message.errors.contains($0) }
        message.pricing = message.pricing ?? changed.pricing
      }
    case .statusParked(let parked): park(.status(parked), for: MessageId(provider: parked.report.providerId))
    case .changeParked(let parked): park(.change(parked), for: MessageId(provider: parked.target))
    case .parkedExpired(let expired): messages[expired.message] = .missing(parked: [])
    case .conversationRead(let read): conversations[read.conversation]?.unread = read.unread
    case .commandCompleted(let completed): self.completed.insert(completed.command)
    }
  }

  private mutating func evolve(_ recorded: MessageRecorded) {
    var incoming = 0
    if var conversation = conversations[recorded.conversation] {
      if recorded.countsAsUnread {
        conversation.incoming += 1
        conversation.unread += 1
      }
      conversation.windowEndsAt = recorded.windowEndsAt ?? conversation.windowEndsAt
      incoming = conversation.incoming
      conversations[recorded.conversation] = conversation
    }
    messages[recorded.message] = .recorded(
      MessageState(
        conversation: recorded.conversation, direction: recorded.direction, incoming: incoming, status: recorded.initialStatus,
        errors: recorded.errors ?? []))
  }

  private mutating func update(_ message: MessageId, _ change: (inout MessageState) -> Void) {
    guard case .recorded(var state) = messages[message] else { return }
    change(&state)
    messages[message] = .recorded(state)
  }

  private mutating func park(_ item: ParkedItem, for message: MessageId) {
    guard case .missing(let parked) = messages[message] else {
      messages[message] = .missing(parked: [item])
      return
    }
    messages[message] = .missing(parked: parked + [item])
  }
}
