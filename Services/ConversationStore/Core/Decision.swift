import Events

/// What follows from one input: the events, and the state after them (which is the same as ``CustomerState/evolve(_:)`` over the events).
public struct Decision: Sendable {
  public private(set) var events: [ConversationEvent] = []
  public private(set) var state: CustomerState
  /// When the input came in; the clock of parked items.
  let receivedAt: Timestamp

  /// Decides. Pure: equal inputs on equal states give equal events.
  ///
  /// - Parameter receivedAt: the time of the input's record in the log, or of the tick.
  public init(_ input: ConversationInput, on state: CustomerState, receivedAt: Timestamp) {
    self.state = state
    self.receivedAt = receivedAt
    switch input {
    case .inbound(let record): take(record)
    case .delivery(.reported(let report)): take(report)
    case .command(.markRead(let command)): markRead(command)
    case .expiry(let message, let contact): expire(message, of: contact)
    }
  }

  /// Each event counts at once, so that the next one is decided on what is then true.
  mutating func emit(_ event: ConversationEvent) {
    state.evolve(event)
    events.append(event)
  }

  private mutating func take(_ record: InboundRecord) {
    meet(record)
    switch record {
    case .messageReceived(let received):
      add(received)
    case .messageEdited(let edited):
      change(edited.target, .edit(content: edited.content), edited.source)
    case .messageRevoked(let revoked):
      change(revoked.target, .revoke, revoked.source)
    case .reactionChanged(let reaction):
      change(reaction.target, .reaction(emoji: reaction.emoji), reaction.source)
    }
  }

  /// Makes or updates the contact.
  private mutating func meet(_ record: InboundRecord) {
    let contact = record.source.contact
    guard let known = state.person else {
      return emit(.contactCreated(ContactCreated(contact: contact, person: record.person)))
    }
    let news = record.tellsPresent ? record.person : record.person.updated(with: known)
    if let changes = known.changes(in: news) {
      emit(.contactUpdated(ContactUpdated(contact: contact, person: changes)))
    }
  }
}
