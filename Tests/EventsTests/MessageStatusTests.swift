import Events
import Testing

@Suite struct MessageStatusTests {
  private let all = MessageStatus.allCases

  @Test func `merging does not depend on order or repetition`() {
    for a in all {
      #expect(a.merged(with: a) == a)
      for b in all {
        #expect(a.merged(with: b) == b.merged(with: a))
        #expect(a.merged(with: b).merged(with: b) == a.merged(with: b))
        for c in all { #expect(a.merged(with: b).merged(with: c) == a.merged(with: b.merged(with: c))) }
      }
    }
  }

  @Test func `a status never goes back`() {
    let order: [MessageStatus] = [.queued, .accepted, .sent, .delivered, .read, .played]
    for (index, later) in order.enumerated() {
      for earlier in order[...index] { #expect(later.merged(with: earlier) == later) }
    }
  }

  @Test func `failed beats what proves no delivery and yields to what proves one`() {
    for status in [MessageStatus.queued, .accepted, .sent, .other] { #expect(status.merged(with: .failed) == .failed) }
    for status in [MessageStatus.delivered, .read, .played] {
      #expect(MessageStatus.failed.merged(with: status) == status)
      #expect(status.provesDelivery)
    }
    #expect(!MessageStatus.failed.provesDelivery && !MessageStatus.sent.provesDelivery)
  }

  @Test func `a status without meaning changes nothing`() {
    for status in all { #expect(status.merged(with: .other) == status) }
  }
}
