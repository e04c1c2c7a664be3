import Events
import IngestGatewayCore
import JSON
import Testing

/// Bodies that are nearly right, many of them: whatever is broken, each item has one fate.
@Suite struct MutationTests {
  static let originals = [
    Bodies.messages(
      Bodies.message("wamid.1", userId: "DE.1"), Bodies.message("wamid.2", MessageTypeTests.rows[2].json),
      Bodies.numberChanged("wamid.3", from: "491710000001", to: "491710000002"), contacts: Bodies.contact("491710000001", userId: "DE.1")),
    Bodies.statuses(Bodies.status("wamid.1"), Bodies.status("wamid.1", "read", more: #""pricing":{"billable":true}"#)),
    Bodies.body(Bodies.entry(Bodies.change(#""event":"X""#, field: "account_update"), Bodies.change(#""a":[1,{"b":2}]"#, field: "calls"))),
  ]

  @Test(arguments: 0..<40) func `every item of a mutated body has one fate, and a second delivery stores nothing`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let original = Self.originals[Int.random(in: 0..<Self.originals.count, using: &random)]
      let bytes = try Self.mutate(original, using: &random)
      var workshop = Workshop()
      let first = try workshop.take(bytes)
      let second = try workshop.take(bytes)
      #expect(first.letters.count == first.total.deadLettered)
      #expect(first.messages.count == first.counts.messages.stored)
      #expect(first.deliveries.count == first.counts.statuses.stored)
      #expect(second.total.stored == 0)
      #expect(second.total.duplicates == first.total.stored + first.total.duplicates)
      #expect(second.total.deadLettered == first.total.deadLettered)
    }
  }

  private static func mutate(_ text: String, using random: inout SeededGenerator) throws -> [UInt8] {
    var bytes = Array(text.utf8)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
    case 1:
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      return bytes
    default:
      var out: [UInt8] = []
      rewrite(try JSONDocument(parsing: bytes).root, chance: 25, into: &out, using: &random)
      return out
    }
  }

  /// Writes the value again, with members dropped and values of other types in places.
  private static func rewrite(_ value: JSONValue, chance: Int, into out: inout [UInt8], using random: inout SeededGenerator) {
    if Int.random(in: 0..<chance, using: &random) == 0 {
      out += Array(["null", "7", "\"x\"", "[]", "{}", "[[1]]", "true", "-1.5"].randomElement(using: &random)!.utf8)
      return
    }
    switch value.kind {
    case .object:
      let kept = value.members.filter { _ in Int.random(in: 0..<chance, using: &random) != 0 }
      out.append(UInt8(ascii: "{"))
      for (index, member) in kept.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        out += Array("\"\(member.key)\":".utf8)
        rewrite(member.value, chance: chance, into: &out, using: &random)
      }
      out.append(UInt8(ascii: "}"))
    case .array:
      out.append(UInt8(ascii: "["))
      for (index, element) in value.elements.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        rewrite(element, chance: chance, into: &out, using: &random)
      }
      out.append(UInt8(ascii: "]"))
    default: out += value.bytes()
    }
  }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
