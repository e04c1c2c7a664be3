import Events

extension Decision {
  /// Edits, withdraws or adorns a message; or keeps that for the message to come.
  mutating func change(_ target: ProviderMessageId, _ change: ChangeParked.Change, _ source: MessageSource) {
    let id = MessageId(provider: target)
    guard case .recorded(let message) = state.messages[id] else {
      let parked = ChangeParked(source: source, target: target, change: change, parkedAt: receivedAt)
      return park(.change(parked), for: id, .changeParked(parked))
    }
    let at = source.sentAt
    switch change {
    case .edit(let content):
      if message.isRevoked { return }
      if let last = message.editedAt, last > at { return }
      emit(.messageEdited(MessageContentChanged(message: id, conversation: message.conversation, content: content, at: at)))
    case .revoke:
      if message.isRevoked { return }
      emit(.messageRevoked(MessageWithdrawn(message: id, conversation: message.conversation, at: at)))
    case .reaction(let emoji):
      if let last = message.reactions[source.direction], last.emoji == emoji || last.at > at { return }
      emit(
        .reactionChanged(
          MessageReaction(message: id, conversation: message.conversation, direction: source.direction, emoji: emoji, at: at)))
    }
  }

  mutating func take(_ report: DeliveryReported) {
    let id = MessageId(provider: report.providerId)
    guard case .recorded(let message) = state.messages[id] else {
      let parked = StatusParked(report: report, parkedAt: receivedAt)
      return park(.status(parked), for: id, .statusParked(parked))
    }
    guard let status = message.status else { return }
    let merged = status.merged(with: report.status)
    let hasNews = merged != status || !message.errors.containsAll(report.errors) || (message.pricing == nil && report.pricing != nil)
    guard hasNews else { return }
    emit(
      .statusChanged(
        MessageStatusChanged(
          message: id, conversation: message.conversation, status: merged, reported: report.status, errors: report.errors,
          pricing: report.pricing, at: report.at)))
  }

  private mutating func park(_ item: ParkedItem, for message: MessageId, _ event: ConversationEvent) {
    if case .missing(let parked) = state.messages[message] {
      if parked.count >= MessageSlot.maxParkedItems || parked.contains(where: { $0.repeats(item) }) { return }
    }
    emit(event)
  }

  /// All that waits for a message goes together, when the newest of it has waited long enough.
  mutating func expire(_ message: MessageId, of contact: ContactId) {
    guard case .missing(let parked) = state.messages[message], let newest = parked.map(\.parkedAt).max(),
      newest.adding(hours: Parking.keptHours) <= receivedAt
    else { return }
    emit(.parkedExpired(ParkedExpired(message: message, contact: contact)))
  }
}

extension [ProviderError] {
  func containsAll(_ others: [ProviderError]) -> Bool { others.allSatisfy(contains) }
}
