import ConversationStoreCore
import Events
import Testing

@Suite struct ChangeTests {
  private let here = Given(after: Sample.message("m1"))
  private let later = Sample.noon.adding(milliseconds: 1_000)

  @Test func `an edit, a revoke and a reaction change a message that is here`() {
    #expect(here.when(Sample.edit("e1", of: "m1", to: "new")).names == ["message.edited"])
    #expect(here.when(Sample.revoke("v1", of: "m1")).names == ["message.revoked"])
    #expect(here.when(Sample.reaction("r1", to: "m1", "👍")).names == ["reaction.changed"])
  }

  @Test func `an older edit does not undo a newer one`() {
    let edited = Given(after: Sample.message("m1"), Sample.edit("e2", of: "m1", to: "second", at: later))
    #expect(edited.when(Sample.edit("e1", of: "m1", to: "first")).isEmpty)
    #expect(edited.when(Sample.edit("e3", of: "m1", to: "same second", at: later)).names == ["message.edited"])
  }

  @Test func `a withdrawn message is neither edited nor withdrawn again`() {
    let withdrawn = Given(after: Sample.message("m1"), Sample.revoke("v1", of: "m1"))
    #expect(withdrawn.when(Sample.edit("e1", of: "m1", to: "new")).isEmpty)
    #expect(withdrawn.when(Sample.revoke("v1", of: "m1")).isEmpty)
  }

  @Test func `both sides react apart, and the newest reaction of a side counts`() {
    let state = here.after(
      Sample.reaction("r1", to: "m1", "👍"), Sample.reaction("r2", to: "m1", "🎉", .echo),
      Sample.reaction("r3", to: "m1", nil, at: later), Sample.reaction("r0", to: "m1", "👎"))
    let reactions = state.message("m1")?.reactions
    #expect(reactions?[.incoming] == ReactionState(emoji: nil, at: later))
    #expect(reactions?[.outgoing]?.emoji == Personal("🎉"))
  }

  @Test func `the same reaction again changes nothing`() {
    let reacted = Given(after: Sample.message("m1"), Sample.reaction("r1", to: "m1", "👍"))
    #expect(reacted.when(Sample.reaction("r1", to: "m1", "👍")).isEmpty)
  }

  @Test func `what comes before its message waits and is applied with it, in the order in which it came`() {
    let early = Given(
      after: Sample.reaction("r1", to: "m1", "👍"), Sample.edit("e1", of: "m1", to: "new"), Sample.revoke("v1", of: "m1"))
    #expect(early.state.person == Sample.person)
    let events = early.when(Sample.message("m1"))
    #expect(
      events.names == ["conversation.opened", "message.recorded", "reaction.changed", "message.edited", "message.revoked"])
  }

  @Test func `the same change is parked once, and no more than the bound`() {
    #expect(Given(after: Sample.revoke("v1", of: "m1")).when(Sample.revoke("v1", of: "m1")).isEmpty)
    var state = CustomerState()
    for number in 0...MessageSlot.maxParkedItems {
      state = Decision(Sample.edit("e\(number)", of: "m1", to: "\(number)"), on: state, receivedAt: Sample.noon).state
    }
    guard case .missing(let parked) = state.messages[Sample.id("m1")] else {
      Issue.record("nothing is parked")
      return
    }
    #expect(parked.count == MessageSlot.maxParkedItems)
  }

  @Test func `what was parked expires after eight days, counted from when it came in`() {
    let early = Given(after: Sample.status(.sent, of: "m1", at: Sample.noon.adding(hours: -1_000)))
    let expiry = ConversationInput.expiry(Sample.id("m1"), Sample.contact)
    let end = Sample.noon.adding(hours: Parking.keptHours)
    #expect(early.when(expiry, at: end.adding(milliseconds: -1)).isEmpty)
    let events = early.when(expiry, at: end)
    #expect(events.names == ["message.parked-expired"])
    #expect(Given(after: Sample.message("m1", .echo)).when(expiry, at: end).isEmpty)
    let expired = Decision(expiry, on: early.state, receivedAt: end).state
    #expect(Decision(expiry, on: expired, receivedAt: end).events.isEmpty)
  }
}
