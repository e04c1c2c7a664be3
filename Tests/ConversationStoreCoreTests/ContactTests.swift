import ConversationStoreCore
import Events
import Testing

@Suite struct ContactTests {
  private func updates(_ events: [ConversationEvent]) -> [Person] {
    events.compactMap { if case .contactUpdated(let updated) = $0 { updated.person } else { nil } }
  }

  @Test func `only new and different fields are told`() {
    let news = Person(phone: Sample.person.phone, name: Personal("New Name"), username: Personal("sample"))
    let events = Given(after: Sample.message("m1")).when(Sample.message("m2", person: news))
    #expect(updates(events) == [Person(name: Personal("New Name"), username: Personal("sample"))])
  }

  @Test func `what is absent stays`() {
    let events = Given(after: Sample.message("m1")).when(Sample.message("m2", person: Person()))
    #expect(updates(events).isEmpty)
  }

  @Test func `history fills gaps and changes nothing`() {
    let past = Person(name: Personal("Old Name"), username: Personal("sample"))
    let events = Given(after: Sample.message("m1")).when(Sample.message("m0", .historyIn, person: past))
    #expect(updates(events) == [Person(username: Personal("sample"))])
  }

  @Test func `a notice of a new number updates the phone`() {
    let change = SystemChange(change: "user_changed_number", newPhone: Personal("420777000222"))
    let events = Given(after: Sample.message("m1")).when(Sample.message("m2", content: .system(change)))
    #expect(updates(events) == [Person(phone: Personal("420777000222"))])
  }
}
