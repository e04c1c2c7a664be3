import JSON
import Testing

@Suite struct `The JSON writer` {
  private func text<T: Encodable>(_ value: T) throws -> String { String(decoding: try JSONWriter.encode(value), as: UTF8.self) }

  struct Nested: Codable, Equatable {
    struct Empty: Codable, Equatable {}
    var z = 1
    var a: Int?
    var list: [[Int]] = [[], [1, 2]]
    var empty = Empty()
    var map = ["k": [Empty()]]
    var last: String? = "x"
  }

  @Test func `keeps the order of encoding and leaves nil out`() throws {
    #expect(try text(Nested()) == #"{"z":1,"list":[[],[1,2]],"empty":{},"map":{"k":[{}]},"last":"x"}"#)
  }

  @Test func `escapes as RFC 8259 demands and no more`() throws {
    let controls = (0..<0x20).map { String(UnicodeScalar(UInt8($0))) }
    let shorts = ["\\b", "\\t", "\\n", "\\f", "\\r"]
    for (code, control) in controls.enumerated() {
      let written = try text(control)
      let hex = String(code, radix: 16)
      #expect(written == "\"\\u00\(code < 16 ? "0" : "")\(hex)\"" || shorts.contains(String(written.dropFirst().dropLast())))
    }
    #expect(try text("a\"b\\c/dé😀\u{7f}") == #""a\"b\\c/dé😀\#u{7f}""#)
    #expect(try text("0123456789abcdef\n0123456\"") == #""0123456789abcdef\n0123456\"""#)
    #expect(try text(["k\"\n": 1]) == #"{"k\"\n":1}"#)
  }

  @Test func `writes numbers at their shortest`() throws {
    #expect(try text([Int.min, .max, 0]) == "[-9223372036854775808,9223372036854775807,0]")
    #expect(try text(UInt64.max) == "18446744073709551615")
    #expect(try text([1.0, -0.0, 0.0, 0.1, 1e300, .leastNonzeroMagnitude, -2.5]) == "[1,-0.0,0,0.1,1e+300,5e-324,-2.5]")
    #expect(try text([Float(0.1)]) == "[0.1]")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `rejects numbers that are not finite, and names the place`(number: Double) {
    let error = #expect(throws: JSONError.self) { try JSONWriter.encode(["values": [1, number]]) }
    #expect(error?.description == "number is not finite at values[1]")
  }

  @Test func `sorts dictionaries, so that equal values give equal bytes`() throws {
    let pairs = (0..<200).map { ("key\($0)", ["b": $0, "a": 1]) }
    let forward = Dictionary(uniqueKeysWithValues: pairs)
    var backward: [String: [String: Int]] = [:]
    for (key, value) in pairs.reversed() { backward[key] = value }
    #expect(try text(forward) == text(backward))
    #expect(try text(["b": 1, "c": 2, "a": 3]) == #"{"a":3,"b":1,"c":2}"#)
    #expect(try text([["y": ["d": 1, "c": 2], "x": [:]]]) == #"[{"x":{},"y":{"c":2,"d":1}}]"#)
  }

  class Base: Encodable {
    let base = 1
    enum Keys: String, CodingKey { case base, more }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(base, forKey: .base)
    }
  }

  final class SharedContainer: Base {
    override func encode(to encoder: any Encoder) throws {
      try super.encode(to: encoder)
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode([1], forKey: .more)
    }
  }

  final class SuperContainer: Base {
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try super.encode(to: container.superEncoder())
      try container.encode(2, forKey: .more)
    }
  }

  @Test func `supports both ways of inheritance`() throws {
    #expect(try text([SharedContainer()]) == #"[{"base":1,"more":[1]}]"#)
    #expect(try text([SuperContainer()]) == #"[{"super":{"base":1},"more":2}]"#)
  }

  struct Shape: Encodable {
    enum Keys: String, CodingKey { case a, b, c }
    let write: @Sendable (any Encoder) throws -> Void
    func encode(to encoder: any Encoder) throws { try write(encoder) }
  }

  @Test func `closes nested containers in the usual order of use`() throws {
    let shape = Shape { encoder in
      var outer = encoder.container(keyedBy: Shape.Keys.self)
      var list = outer.nestedUnkeyedContainer(forKey: .a)
      var inner = list.nestedContainer(keyedBy: Shape.Keys.self)
      try inner.encode(1, forKey: .b)
      try list.encode(2)
      try list.encodeNil()
      #expect(list.count == 3)
      _ = outer.nestedContainer(keyedBy: Shape.Keys.self, forKey: .b)
      _ = outer.superEncoder(forKey: .c)
    }
    #expect(try text([shape]) == #"[{"a":[{"b":1},2,null],"b":{},"c":{}}]"#)
  }

  @Test func `writes an empty object for a value that wrote nothing`() throws {
    let nothing = Shape { _ in }
    #expect(try text([nothing, nothing]) == "[{},{}]")
    #expect(try text(["a": nothing]) == #"{"a":{}}"#)
    #expect(throws: JSONError("the value wrote nothing", at: "")) { try text(nothing) }
  }

  @Test func `fails if sibling containers are interleaved`() {
    let shape = Shape { encoder in
      var outer = encoder.container(keyedBy: Shape.Keys.self)
      var first = outer.nestedContainer(keyedBy: Shape.Keys.self, forKey: .a)
      var second = outer.nestedContainer(keyedBy: Shape.Keys.self, forKey: .b)
      try second.encode(1, forKey: .a)
      try first.encode(2, forKey: .a)
    }
    #expect(throws: JSONError.self) { try text(shape) }
  }

  @Test func `fails if one value is written twice or as two kinds`() {
    let twice = Shape { encoder in
      var container = encoder.singleValueContainer()
      try container.encode(1)
      try container.encode(2)
    }
    let mixed = Shape { encoder in
      _ = encoder.unkeyedContainer()
      _ = encoder.container(keyedBy: Shape.Keys.self)
    }
    #expect(throws: JSONError("containers were used out of order", at: "[0]")) { try text([twice]) }
    #expect(throws: JSONError("containers were used out of order", at: "")) { try text(mixed) }
  }

  @Test func `fails even if the type ignores that a part of it failed`() {
    let shape = Shape { encoder in
      var container = encoder.container(keyedBy: Shape.Keys.self)
      try? container.encode(Double.nan, forKey: .a)
      try container.encode(1, forKey: .b)
    }
    #expect(throws: JSONError("number is not finite", at: "a")) { try text(shape) }
  }
}
