import ConversationStoreCore
import Events
import Testing

@Suite struct CommandTests {
  private let conversation = Sample.conversation(openedBy: "m1")
  private let three = Given(after: Sample.message("m1"), Sample.message("m2"), Sample.message("m3", .echo), Sample.message("m4"))

  private func unread(_ events: [ConversationEvent]) -> [Int] {
    events.compactMap { if case .conversationRead(let read) = $0 { read.unread } else { nil } }
  }

  @Test func `reading all leaves nothing unread, with one result`() {
    let events = three.when(Sample.markRead("c1", conversation))
    #expect(events.names == ["conversation.read", "command.completed"])
    #expect(unread(events) == [0])
    #expect(events.results.map(\.refusal) == [nil])
  }

  @Test func `reading up to a message leaves the ones after it`() {
    #expect(unread(three.when(Sample.markRead("c1", conversation, upTo: Sample.id("m1")))) == [2])
    #expect(unread(three.when(Sample.markRead("c1", conversation, upTo: Sample.id("m3")))) == [1])
  }

  @Test func `reading less than is read already changes nothing, and says so`() {
    let read = Given(after: Sample.message("m1"), Sample.message("m2"), Sample.markRead("c1", conversation))
    let events = read.when(Sample.markRead("c2", conversation, upTo: Sample.id("m1")))
    #expect(events.names == ["command.completed"])
  }

  @Test func `an unknown conversation or message is refused`() {
    let elsewhere = three.when(Sample.markRead("c1", ConversationId("none")))
    #expect(elsewhere.names == ["command.completed"])
    #expect(elsewhere.results.map(\.refusal?.reason) == [.notFound])
    let unknown = three.when(Sample.markRead("c1", conversation, upTo: Sample.id("none")))
    #expect(unknown.results.map(\.refusal?.reason) == [.notFound])
  }

  @Test func `a command that comes again gives no second result`() {
    let done = Given(after: Sample.message("m1"), Sample.markRead("c1", conversation))
    #expect(done.when(Sample.markRead("c1", conversation)).isEmpty)
    #expect(done.when(Sample.markRead("c1", ConversationId("none"))).isEmpty)
  }
}
