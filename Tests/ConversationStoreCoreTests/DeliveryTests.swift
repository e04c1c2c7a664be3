import ConversationStoreCore
import Events
import Testing

@Suite struct DeliveryTests {
  private let sent = Given(after: Sample.message("m1", .echo))
  private let undelivered = ProviderError(code: 131_026, title: "Message undeliverable")

  private func status(after inputs: ConversationInput...) -> MessageStatus? {
    inputs.reduce(sent.state) { Decision($1, on: $0, receivedAt: Sample.noon).state }.message("m1")?.status
  }

  @Test func `a higher status is told with what was reported`() {
    let changed = sent.when(Sample.status(.read, of: "m1")).statuses
    #expect(changed.map(\.status) == [.read])
    #expect(changed.map(\.reported) == [.read])
  }

  @Test func `a status never goes back`() {
    let read = Given(after: Sample.message("m1", .echo), Sample.status(.read, of: "m1"))
    #expect(read.when(Sample.status(.delivered, of: "m1")).isEmpty)
    #expect(read.when(Sample.status(.sent, of: "m1")).isEmpty)
  }

  @Test func `failed beats sent and yields to what proves a delivery`() {
    #expect(status(after: Sample.status(.failed, of: "m1")) == .failed)
    #expect(status(after: Sample.status(.failed, of: "m1"), Sample.status(.sent, of: "m1")) == .failed)
    #expect(status(after: Sample.status(.failed, of: "m1"), Sample.status(.delivered, of: "m1")) == .delivered)
    #expect(status(after: Sample.status(.delivered, of: "m1"), Sample.status(.failed, of: "m1")) == .delivered)
  }

  @Test func `a reason is told even where the status stays`() {
    let delivered = Given(after: Sample.message("m1", .echo), Sample.status(.delivered, of: "m1"))
    let report = Sample.status(.failed, of: "m1", errors: [undelivered])
    let changed = delivered.when(report).statuses
    #expect(changed.map(\.status) == [.delivered])
    #expect(changed.map(\.errors) == [[undelivered]])
    #expect(Given(after: Sample.message("m1", .echo), report).when(report).isEmpty)
  }

  @Test func `the first price counts`() {
    let price = Pricing(billable: true, category: "service")
    let report = Sample.status(.sent, of: "m1", pricing: price)
    #expect(sent.when(report).statuses.map(\.pricing) == [price])
    let priced = Given(after: Sample.message("m1", .echo), report)
    #expect(priced.when(Sample.status(.sent, of: "m1", pricing: Pricing(category: "utility"))).isEmpty)
  }

  @Test func `a status of what the customer wrote says nothing`() {
    #expect(Given(after: Sample.message("m1")).when(Sample.status(.read, of: "m1")).isEmpty)
  }

  @Test func `statuses that came first are applied when their message comes`() {
    let early = Given(after: Sample.status(.sent, of: "m1"), Sample.status(.read, of: "m1"), Sample.status(.delivered, of: "m1"))
    let events = early.when(Sample.message("m1", .echo))
    #expect(events.names == ["contact.created", "conversation.opened", "message.recorded", "message.status-changed"])
    #expect(events.statuses.map(\.status) == [.read])
  }

  @Test func `a status is parked once`() {
    #expect(Given().when(Sample.status(.sent, of: "m1")).names == ["message.status-parked"])
    #expect(Given(after: Sample.status(.sent, of: "m1")).when(Sample.status(.sent, of: "m1")).isEmpty)
  }
}
