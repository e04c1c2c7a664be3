import Foundation
import SimulatedMeta
import Testing

struct TrafficTests {
  private func plan(seed: UInt64 = 7, duplicates: Int = 10, shuffle: Int = 10, deliveries: Int = 6_000) -> TrafficPlan {
    TrafficPlan(
      seed: seed, customers: 40, deliveries: deliveries, startsAt: 1_780_000_000, duplicatePercent: duplicates, shufflePercent: shuffle)
  }

  @Test func `the same plan gives the same bytes, another seed or start gives others`() {
    let bytes = Traffic(plan(deliveries: 500)).map(\.bytes)
    #expect(Traffic(plan(deliveries: 500)).map(\.bytes) == bytes)
    #expect(Traffic(plan(seed: 8, deliveries: 500)).map(\.bytes) != bytes)
    var later = plan(deliveries: 500)
    later.startsAt += 1
    let ids = Set(Traffic(plan(deliveries: 500)).flatMap(\.items).map(\.id))
    #expect(ids.isDisjoint(with: Traffic(later).flatMap(\.items).map(\.id)))
  }

  @Test func `every kind appears`() {
    let kinds = Set(Traffic(plan()).flatMap(\.items).map(\.kind))
    #expect(Set(ItemKind.allCases).subtracting(kinds).isEmpty)
  }

  @Test func `bodies are valid JSON in ASCII with escaped slashes, and hold exactly their items`() throws {
    var isEscapeSeen = false
    var isBatchSeen = false
    for body in Traffic(plan(deliveries: 3_000)) {
      #expect(body.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
      let text = String(decoding: body.bytes, as: UTF8.self)
      #expect(!text.replacing("\\/", with: "").contains("/"))
      if text.contains("\\ud83d\\ude") { isEscapeSeen = true }
      let parsed = try ParsedBody(body.bytes)
      #expect(parsed.items.map(\.id).sorted() == body.items.map { $0.category == .changes ? "change" : $0.id }.sorted())
      if parsed.numbers.count > 1 { isBatchSeen = true }
    }
    #expect(isEscapeSeen)
    #expect(isBatchSeen)
  }

  @Test func `messages of one customer keep their order inside a body`() throws {
    for body in Traffic(plan(deliveries: 1_000)) {
      let parsed = try ParsedBody(body.bytes).items.map(\.id)
      for customer in body.customers {
        let messages = body.items.filter { $0.customer == customer && $0.category == .messages }
        for number in Set(messages.map(\.number)) {
          let ids = messages.filter { $0.number == number }.map(\.id)
          #expect(parsed.filter(ids.contains) == ids)
        }
      }
    }
  }

  @Test func `customers are known by phone, by user id, or by both`() {
    let texts = Traffic(plan(deliveries: 300)).map { String(decoding: $0.bytes, as: UTF8.self) }
    let messages = texts.filter { $0.contains("\"messages\":[") && $0.split(separator: "\"timestamp\"").count == 2 }
    #expect(messages.contains { $0.contains("\"from\":") && $0.contains("\"from_user_id\":") })
    #expect(messages.contains { $0.contains("\"from\":") && !$0.contains("\"from_user_id\":") })
    #expect(messages.contains { !$0.contains("\"from\":") && $0.contains("\"from_user_id\":") && !$0.contains("wa_id") })
  }

  @Test func `without duplicates and shuffling each item comes once`() {
    let items = Traffic(plan(duplicates: 0, shuffle: 0, deliveries: 2_000)).flatMap(\.items)
    #expect(Set(items.map(\.id)).count == items.count)
  }

  @Test func `every status that is sent has its echo, also when the plan ends`() {
    let items = Traffic(plan(deliveries: 400)).flatMap(\.items)
    let echoes = Set(items.filter { $0.kind == .echo || $0.kind == .echoVoice }.map(\.providerID))
    #expect(items.filter { $0.category == .statuses }.allSatisfy { echoes.contains($0.providerID) })
  }

  @Test func `some first statuses overtake their echo`() {
    let items = Traffic(plan(deliveries: 1_000)).flatMap(\.items)
    var echoes: Set<String> = []
    var early = 0
    for item in items {
      if item.category == .messages { echoes.insert(item.id) }
      if item.status == .sent, !echoes.contains(item.providerID) { early += 1 }
    }
    #expect(early > 0)
  }
}
