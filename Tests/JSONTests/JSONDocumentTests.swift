import JSON
import Testing

@Suite struct `A JSON document` {
  @Test(arguments: [
    "{}", "[]", "0", "-0", "\"\"", "null", "true", "false", " [ 1 , 2 ] ", "{\"a\":{\"b\":[{}]}}", "1e2", "1E+2", "-1.5e-3", "\"\\u0000\"",
    "\t\r\n 1 \t\r\n", "[[],[]]", "{\"\":0}", "{\"a\":1,\"a\":2}", "\"\u{7f}\"", "\"\u{2028}\"",
  ])
  func `accepts what RFC 8259 allows`(text: String) throws {
    _ = try JSONDocument(parsing: Array(text.utf8))
  }

  @Test(arguments: [
    "", " ", "{", "[", "]", "[1,]", "[,1]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{'a':1}", "[1 2]", "01", "-", "+1", "1.", ".5", "1e", "0x10",
    "NaN",
    "Infinity", "nul", "True", "\"", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\"\t\"", "[1]x", "1 2", "{} {}", "// c\n1", "[1]]", "\u{FEFF}1",
    "-01",
    "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"\\ude00\\ud83d\"",
  ])
  func `rejects what RFC 8259 forbids, and lone surrogates`(text: String) throws {
    #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
    ] as [[UInt8]])
  func `rejects text that is not UTF-8`(bytes: [UInt8]) {
    #expect(throws: JSONError("the text is not valid UTF-8")) { try JSONDocument(parsing: bytes) }
  }

  @Test func `names an empty text as such`() {
    #expect(throws: JSONError("the text is empty")) { try JSONDocument(parsing: []) }
    #expect(throws: JSONError("the text is empty")) { try JSONDocument(parsing: UnsafeRawBufferPointer(start: nil, count: 0)) }
  }

  @Test(arguments: [1, 3, 64])
  func `nests as deep as allowed and no deeper`(maxDepth: Int) throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONDocument(parsing: nested(maxDepth), maxDepth: maxDepth)
    #expect(throws: JSONError("the text is nested too deeply")) { try JSONDocument(parsing: nested(maxDepth + 1), maxDepth: maxDepth) }
  }

  @Test func `allows 64 levels if not told otherwise`() throws {
    let objects = { (depth: Int) in Array((String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)).utf8) }
    _ = try JSONDocument(parsing: objects(64))
    #expect(throws: JSONError.self) { try JSONDocument(parsing: objects(65)) }
  }

  @Test(arguments: ["18446744073709551616", "-9223372036854775809", "1e400", "-1e400", "123456789012345678901234567890"])
  func `rejects numbers that no type holds`(text: String) {
    #expect(throws: JSONError("a number is malformed or too large")) { try JSONDocument(parsing: Array("[\(text)]".utf8)) }
  }

  @Test func `holds four megabytes`() throws {
    let element = #"{"id":"wamid.HBgLMTU1NTAwMDExMTE","n":12345,"text":"some words of text"}"#
    let count = 4 * 1024 * 1024 / element.utf8.count
    let text = "[" + Array(repeating: element, count: count).joined(separator: ",") + "]"
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    #expect(root.count == count)
    #expect(root.elements.reduce(0) { $0 + ($1["n"]?.int ?? 0) } == Int64(count) * 12345)
    #expect(root.text() == text)
  }

  @Test func `can be read on many threads at once`() async throws {
    let texts = (0..<64).map { "{\"n\":\($0),\"list\":[\(Array(repeating: "\($0)", count: $0 * 10 + 1).joined(separator: ","))]}" }
    let sums = try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
      for (index, text) in texts.enumerated() {
        group.addTask {
          let root = try JSONDocument(parsing: Array(text.utf8)).root
          return (index, root["list"]?.elements.reduce(0) { $0 + ($1.int ?? 0) } ?? -1)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for index in texts.indices { #expect(sums[index] == Int64(index * (index * 10 + 1))) }
  }
}
