import JSON
import Testing

@Suite struct `The JSON reader` {
  struct Body: Decodable {
    struct Entry: Decodable { let changes: [Change] }
    struct Change: Decodable { let value: Value }
    struct Value: Decodable { let id: Int }
    let entry: [Entry]
  }

  private func read<T: Decodable>(_ type: T.Type, _ text: String) throws -> T { try JSONReader.decode(type, from: Array(text.utf8)) }

  @Test(arguments: [
    (#"{"entry":[{"changes":[{"value":{"id":1}},{"value":{"id":"secret"}}]}]}"#, "expected an integer, found a string"),
    (#"{"entry":[{"changes":[{"value":{"id":1}},{"value":{}}]}]}"#, "missing value"),
    (#"{"entry":[{"changes":[{"value":{"id":1}},{"value":{"id":null}}]}]}"#, "expected an integer, found null"),
    (#"{"entry":[{"changes":[{"value":{"id":1}},{"value":{"id":1.5}}]}]}"#, "number does not fit"),
  ])
  func `names the place and nothing of the content`(text: String, reason: String) {
    let error = #expect(throws: JSONError.self) { try read(Body.self, text) }
    #expect(error?.reason == reason)
    #expect(error?.path == "entry[0].changes[1].value.id")
  }

  enum Colour: String, Codable { case red, green }

  @Test func `hides a value that an enum does not know`() {
    let error = #expect(throws: JSONError.self) { try read([String: [Colour]].self, #"{"+49 151 000":["red","secret"]}"#) }
    #expect(error?.description == "value not allowed at *[1]")
  }

  @Test func `hides keys that do not look like field names`() {
    for key in ["4915100000", "a b", "a@b.c", "é", "", String(repeating: "k", count: 65)] {
      let error = #expect(throws: JSONError.self) { try read([String: Int].self, "{\"\(key)\":\"x\"}") }
      #expect(error?.path == "*")
    }
  }

  @Test func `starts the path at the root of the document`() throws {
    let root = try JSONDocument(parsing: Array(#"{"a":{"b":[1,"x"]}}"#.utf8)).root
    let inner = try #require(root["a"])
    let error = #expect(throws: JSONError.self) { try JSONReader.decode([String: [Int]].self, from: inner) }
    #expect(error?.path == "a.b[1]")
  }

  struct Optionals: Codable, Equatable { var a: Int?, b: String?, c: [Int]?, d: Colour?, e: Bool?, f: Double?, g: Float? }

  @Test func `takes null for absent`() throws {
    #expect(try read(Optionals.self, #"{"a":null,"b":null,"c":null,"d":null,"e":null}"#) == Optionals())
    #expect(try read(Optionals.self, "{}") == Optionals())
    #expect(
      try read(Optionals.self, #"{"g":0.5,"f":1,"e":true,"d":"red","c":[1],"b":"x","a":3.0}"#)
        == Optionals(a: 3, b: "x", c: [1], d: .red, e: true, f: 1, g: 0.5))
    #expect(try read([Int?].self, "[1,null,2]") == [1, nil, 2])
  }

  @Test func `checks the width of integers`() throws {
    #expect(try read([Int8].self, "[-128,127]") == [-128, 127])
    #expect(try read([UInt64].self, "[0,18446744073709551615]") == [0, .max])
    #expect(try read([Int64].self, "[-9223372036854775808]") == [.min])
    #expect(throws: JSONError.self) { try read([Int8].self, "[128]") }
    #expect(throws: JSONError.self) { try read([UInt].self, "[-1]") }
    #expect(throws: JSONError.self) { try read([Int64].self, "[9223372036854775808]") }
    #expect(throws: JSONError.self) { try read([Int].self, "[1e19]") }
    #expect(throws: JSONError.self) { try read([Float].self, "[1e300]") }
  }

  @Test func `reads long dictionaries, the first of repeated keys`() throws {
    let members = (0..<20_000).map { "\"k\($0 % 10_000)\":\($0)" }.joined(separator: ",")
    let dictionary = try read([String: Int].self, "{\(members)}")
    #expect(dictionary.count == 10_000)
    #expect(dictionary.allSatisfy { "k\($0.value)" == $0.key })
  }

  struct Lenient: Decodable {
    let numbers: [Int]
    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      var numbers: [Int] = []
      while !container.isAtEnd {
        if let number = try? container.decode(Int.self) { numbers.append(number) } else { _ = try container.decode(JSONFragment.self) }
      }
      self.numbers = numbers
    }
  }

  @Test func `stays on an element that could not be read`() throws {
    #expect(try read(Lenient.self, #"[1,"x",{"a":[2]},3,null,4]"#).numbers == [1, 3, 4])
  }

  struct Contextual: Decodable {
    static let key = CodingUserInfoKey(rawValue: "tenant")
    let tenant: String?
    init(from decoder: any Decoder) throws { tenant = Self.key.flatMap { decoder.userInfo[$0] as? String } }
  }

  @Test func `hands the user info on`() throws {
    let key = try #require(Contextual.key)
    #expect(try JSONReader.decode([Contextual].self, from: Array("[1]".utf8), userInfo: [key: "acme"])[0].tenant == "acme")
  }

  @Test func `ends with an error at the end of an array`() {
    struct Pair: Decodable {
      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        _ = (try container.decode(Int.self), try container.decode(Int.self))
      }
    }
    #expect(throws: JSONError("array has too few elements", at: "[1]")) { try read([Pair].self, "[[1,2],[3]]") }
  }
}

extension JSONError {
  init(_ reason: String, at path: String) { self.init(reason, path: path) }
}
