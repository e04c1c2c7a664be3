import SimulatedMeta
import Testing

struct TallyTests {
  private let bodies = Array(
    Traffic(
      TrafficPlan(
        seed: 3, customers: 20, deliveries: 2_000, startsAt: 1_780_000_000, duplicatePercent: 20, shufflePercent: 20)))

  private func tally(_ bodies: [WebhookBody]) -> Tally {
    var tally = Tally()
    for body in bodies { tally.add(body) }
    return tally
  }

  @Test func `delivered counts every item, distinct each once, per category`() {
    let tally = tally(bodies)
    let items = bodies.flatMap(\.items)
    #expect(tally.bodies == bodies.count)
    #expect(tally.totalDelivered == items.count)
    #expect(tally.totalDistinct == Set(items.map(\.id)).count)
    #expect(tally.totalDistinct < tally.totalDelivered)
    for category in Item.Category.allCases {
      let own = items.filter { $0.category == category }
      #expect(tally.delivered[category] == own.count)
      #expect(tally.distinct[category] == Set(own.map(\.id)).count)
    }
  }

  @Test func `delivering everything twice changes neither messages nor statuses`() {
    let once = tally(bodies)
    let twice = tally(bodies + bodies)
    #expect(twice.messages == once.messages)
    #expect(twice.texts == once.texts)
    #expect(twice.finalStatuses == once.finalStatuses)
    #expect(twice.totalDistinct == once.totalDistinct)
    #expect(twice.totalDelivered == 2 * once.totalDelivered)
  }

  @Test func `messages stand in the order of their first delivery`() throws {
    let tally = tally(bodies)
    let line = try #require(tally.messages.keys.min { ($0.customer, $0.number) < ($1.customer, $1.number) })
    var expected: [String] = []
    for item in bodies.flatMap(\.items) where item.customer == line.customer && item.number == line.number && item.kind.isListed {
      if !expected.contains(item.id) { expected.append(item.id) }
    }
    #expect(tally.messages[line] == expected)
  }

  @Test func `the final status does not depend on the order of arrival`() {
    #expect(tally(bodies.reversed()).finalStatuses == tally(bodies).finalStatuses)
    #expect(Set(tally(bodies).finalStatuses.values) == Set(DeliveryStatus.allCases))
  }

  @Test func `every echo with a status that is not revoked has a final status`() {
    let items = bodies.flatMap(\.items)
    let revoked = Set(items.filter { $0.kind == .echoRevoke }.compactMap(\.target))
    let spokenOf = Set(items.filter { $0.status != nil }.map(\.providerID)).subtracting(revoked)
    #expect(Set(tally(bodies).finalStatuses.keys) == spokenOf)
  }

  @Test func `a failure gives way to a proof of delivery`() throws {
    let tally = tally(bodies)
    let statuses = bodies.flatMap(\.items).filter { $0.category == .statuses }
    let failed = Set(statuses.filter { $0.status == .failed }.map(\.providerID))
    let proven = Set(statuses.filter { $0.status == .delivered }.map(\.providerID)).intersection(failed)
    #expect(!proven.isEmpty)
    for echo in failed { #expect([proven.contains(echo) ? .delivered : .failed, nil].contains(tally.finalStatuses[echo])) }
  }

  @Test func `texts that were edited or revoked are not compared`() {
    let items = bodies.flatMap(\.items)
    let targets = items.compactMap(\.target)
    #expect(!targets.isEmpty)
    #expect(tally(bodies).texts.keys.allSatisfy { !targets.contains($0) })
  }
}
