/// A type with every shape that synthesised `Codable` code produces.
struct Sample: Codable, Equatable {
  enum Colour: String, Codable, CaseIterable { case red, green, blue }
  enum Level: Int, Codable, CaseIterable {
    case low = 1
    case high = 9
  }
  enum Choice: Codable, Equatable {
    case none
    case number(Int)
    case pair(name: String, flag: Bool)
  }
  struct Leaf: Codable, Equatable { var text: String, ratio: Double, small: Int8, wide: UInt64 }

  var flag: Bool
  var count: Int
  var unsigned: UInt32
  var ratio: Double
  var single: Float
  var text: String
  var note: String?
  var colour: Colour
  var level: Level?
  var choice: Choice
  var leaf: Leaf
  var leaves: [Leaf]
  var maybe: [Int?]
  var names: [String: String]
  var byNumber: [Int: [Bool]]
  var tags: Set<String>
  var children: [Sample]

  static func random(depth: Int, using generator: inout SeededGenerator) -> Sample {
    Sample(
      flag: .random(using: &generator), count: Int(bitPattern: UInt(generator.next())),
      unsigned: .random(in: 0 ... .max, using: &generator),
      ratio: number(using: &generator), single: .random(in: -1000...1000, using: &generator), text: text(using: &generator),
      note: Bool.random(using: &generator) ? text(using: &generator) : nil,
      colour: Colour.allCases.randomElement(using: &generator) ?? .red,
      level: Bool.random(using: &generator) ? .high : nil, choice: choice(using: &generator), leaf: leaf(using: &generator),
      leaves: many(using: &generator) { leaf(using: &$0) },
      maybe: many(using: &generator) { Bool.random(using: &$0) ? Int.random(in: -99...99, using: &$0) : nil },
      names: Dictionary(many(using: &generator) { (text(using: &$0), text(using: &$0)) }, uniquingKeysWith: { first, _ in first }),
      byNumber: [.random(in: -9...9, using: &generator): [.random(using: &generator)]],
      tags: Set(many(using: &generator) { text(using: &$0) }),
      children: depth == 0 ? [] : many(using: &generator) { random(depth: depth - 1, using: &$0) })
  }

  private static func many<T>(using generator: inout SeededGenerator, _ make: (inout SeededGenerator) -> T) -> [T] {
    (0..<Int.random(in: 0...3, using: &generator)).map { _ in make(&generator) }
  }

  private static func leaf(using generator: inout SeededGenerator) -> Leaf {
    Leaf(
      text: text(using: &generator), ratio: number(using: &generator), small: .random(in: .min ... .max, using: &generator),
      wide: generator.next())
  }

  private static func choice(using generator: inout SeededGenerator) -> Choice {
    switch Int.random(in: 0...2, using: &generator) {
    case 0: .none
    case 1: .number(.random(in: .min ... .max, using: &generator))
    default: .pair(name: text(using: &generator), flag: .random(using: &generator))
    }
  }

  private static func number(using generator: inout SeededGenerator) -> Double {
    let bits = Double(bitPattern: generator.next())
    return bits.isFinite && bits.isNormal ? bits : Double(Int.random(in: -1000...1000, using: &generator))
  }

  private static func text(using generator: inout SeededGenerator) -> String {
    let alphabet: [Character] = ["a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{1}", "\u{1f}", "\u{7f}", "é", "ß", "漢", "😀", "👩‍👧"]
    return String((0..<Int.random(in: 0...40, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) })
  }
}
