import JSON
import Testing

@Suite struct `A JSON fragment` {
  struct Letter: Codable, Equatable {
    let reason: String
    let body: JSONFragment
    let parts: [JSONFragment]
  }

  @Test func `is carried through unread`() throws {
    let text = #"{"reason":"r","body":{"b":[1,"x\n",null],"a":{}},"parts":[1,"s",[]]}"#
    let letter = try JSONReader.decode(Letter.self, from: Array(text.utf8))
    #expect(letter.body.bytes == Array(#"{"b":[1,"x\n",null],"a":{}}"#.utf8))
    #expect(try JSONWriter.encode(letter) == Array(text.utf8))
  }

  @Test func `keeps the bytes it was made of`() throws {
    let bytes = Array("{ \"a\" : 1.50 }".utf8)
    #expect(try JSONWriter.encode(["x": JSONFragment(validating: bytes)]) == Array("{\"x\":{ \"a\" : 1.50 }}".utf8))
  }

  @Test func `must be valid`() {
    #expect(throws: JSONError.self) { try JSONFragment(validating: Array("{".utf8)) }
  }
}
