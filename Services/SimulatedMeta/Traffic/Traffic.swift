/// Webhook bodies in the order in which the simulated Meta delivers them. Pure: the same plan gives the same bytes.
public struct Traffic: Sequence, IteratorProtocol, Sendable {
  private struct Held: Sendable {
    let due: Int
    let body: WebhookBody
    let isCopy: Bool
  }

  public let plan: TrafficPlan
  private var town: Town
  private var random: SeededRandom
  private var held: [Held] = []
  private var delivered = 0

  public init(_ plan: TrafficPlan) {
    self.plan = plan
    town = Town(plan)
    random = SeededRandom(seed: plan.runKey &+ 4)
  }

  public mutating func next() -> WebhookBody? {
    while delivered + held.count < plan.deliveries {
      if let index = held.firstIndex(where: { $0.due <= delivered }) { return deliver(held.remove(at: index)) }
      let body = WebhookBody(items: town.nextItems(), seconds: town.seconds)
      if random.chance(plan.shufflePercent) {
        held.append(Held(due: delivered + random.within(1...TrafficPlan.shuffleSpan), body: body, isCopy: false))
      } else {
        return deliver(Held(due: 0, body: body, isCopy: false))
      }
    }
    return drain()
  }

  private mutating func drain() -> WebhookBody? {
    if let index = held.indices.min(by: { held[$0].due < held[$1].due }) { return deliver(held.remove(at: index)) }
    guard !town.isQuiet else { return nil }
    let items = town.restItems()
    return deliver(Held(due: 0, body: WebhookBody(items: items, seconds: town.seconds), isCopy: false))
  }

  private mutating func deliver(_ next: Held) -> WebhookBody {
    delivered += 1
    if !next.isCopy, random.chance(plan.duplicatePercent) {
      held.append(Held(due: delivered + random.within(0...40), body: copy(of: next.body), isCopy: true))
    }
    return next.body
  }

  /// Mostly the same bytes; sometimes one message or status of them in a body of its own.
  private mutating func copy(of body: WebhookBody) -> WebhookBody {
    let item = random.pick(body.items)
    guard random.chance(30), item.category != .changes else { return body }
    return WebhookBody(items: [item], seconds: town.seconds)
  }
}
