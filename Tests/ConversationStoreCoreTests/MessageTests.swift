import ConversationStoreCore
import Events
import Testing

@Suite struct MessageTests {
  @Test func `the first message of a customer makes a contact, a conversation and the message`() throws {
    let events = Given().when(Sample.message("m1"))
    #expect(events.names == ["contact.created", "conversation.opened", "message.recorded"])
    let recorded = try #require(events.recorded)
    #expect(recorded.conversation == Sample.conversation(openedBy: "m1"))
    #expect(recorded.direction == .incoming)
    #expect(recorded.windowEndsAt == Sample.noon.adding(hours: 24))
  }

  @Test func `a second message goes into the open conversation`() {
    let events = Given(after: Sample.message("m1")).when(Sample.message("m2"))
    #expect(events.names == ["message.recorded"])
    #expect(events.recorded?.conversation == Sample.conversation(openedBy: "m1"))
  }

  @Test func `each business number has a conversation of its own`() {
    let events = Given(after: Sample.message("m1")).when(Sample.message("m2", over: Sample.otherChannel))
    #expect(events.names == ["conversation.opened", "message.recorded"])
    #expect(events.recorded?.conversation == Sample.conversation(openedBy: "m2"))
  }

  @Test func `the same message again changes nothing`() {
    #expect(Given(after: Sample.message("m1")).when(Sample.message("m1")).isEmpty)
  }

  @Test func `an event list and the state after a decision agree`() {
    let inputs = [
      Sample.status(.read, of: "m2"), Sample.message("m1"), Sample.message("m2", .echo), Sample.reaction("r", to: "m1", "👍"),
      Sample.edit("e", of: "m1", to: "new"), Sample.markRead("c", Sample.conversation(openedBy: "m1")),
    ]
    var state = CustomerState()
    var events: [ConversationEvent] = []
    for input in inputs {
      let decision = Decision(input, on: state, receivedAt: Sample.noon)
      state = decision.state
      events += decision.events
    }
    #expect(Given(events).state == state)
  }

  @Test(arguments: [
    (MessageSource.Origin.customer, Direction.incoming, 1), (.echo, .outgoing, 0), (.historyIn, .incoming, 0), (.historyOut, .outgoing, 0),
  ])
  func `the origin says the direction and whether anybody must read it`(
    origin: MessageSource.Origin, direction: Direction, unread: Int
  ) {
    let state = Given().after(Sample.message("m1", origin))
    #expect(state.message("m1")?.direction == direction)
    #expect(state.conversations[Sample.conversation(openedBy: "m1")]?.unread == unread)
  }

  @Test func `a notice of the provider is no unread message`() {
    let state = Given().after(Sample.message("m1", content: .system(SystemChange(change: "customer_identity_changed"))))
    #expect(state.conversations[Sample.conversation(openedBy: "m1")]?.unread == 0)
  }
}

@Suite struct WindowTests {
  private func window(after inputs: [ConversationInput]) -> Timestamp? {
    let state = inputs.reduce(CustomerState()) { Decision($1, on: $0, receivedAt: Sample.noon).state }
    return state.conversations.values.first?.windowEndsAt
  }

  @Test func `a later message moves the end forward`() {
    let later = Sample.noon.adding(hours: 3)
    #expect(window(after: [Sample.message("m1"), Sample.message("m2", at: later)]) == later.adding(hours: 24))
  }

  @Test func `an old redelivery never moves the end back`() {
    let old = Sample.noon.adding(hours: -30)
    let events = Given(after: Sample.message("m1")).when(Sample.message("m0", at: old))
    #expect(events.names == ["message.recorded"])
    #expect(events.recorded?.windowEndsAt == nil)
    #expect(window(after: [Sample.message("m1"), Sample.message("m0", at: old)]) == Sample.noon.adding(hours: 24))
  }

  @Test(arguments: [MessageSource.Origin.echo, .historyIn, .historyOut])
  func `echoes and history open no window`(origin: MessageSource.Origin) {
    #expect(window(after: [Sample.message("m1", origin)]) == nil)
  }

  @Test(arguments: [
    MessageContent.system(SystemChange(change: "user_changed_number")), .welcomeRequest(MessageContent.Empty()),
  ])
  func `notices and requests for a welcome open no window`(content: MessageContent) {
    #expect(window(after: [Sample.message("m1", content: content)]) == nil)
  }

  @Test func `a reaction does not extend the window`() {
    let later = Sample.noon.adding(hours: 3)
    #expect(window(after: [Sample.message("m1"), Sample.reaction("r1", to: "m1", "👍", at: later)]) == Sample.noon.adding(hours: 24))
  }
}
