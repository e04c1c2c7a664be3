import Events
import JSON
import Testing

@Suite struct PersonalTests {
  private let secret = "4915115550123"

  @Test func `no way of printing shows the text`() {
    let personal = Personal(secret)
    let person = Person(phone: personal, name: Personal("Mara \(secret)"))
    var dumped = ""
    dump(person, to: &dumped)
    let texts = [
      "\(personal)", String(describing: personal), String(reflecting: personal), "\(Optional(personal) as Any)", "\([personal])",
      "\(person)", String(reflecting: person), "\(["phone": personal])", dumped,
      "\(MessageContent.text(TextContent(body: personal)))", "\(Mirror(reflecting: personal).children.map { "\($0)" })",
    ]
    for text in texts { #expect(!text.contains(secret)) }
    #expect("\(personal)" == "‹personal›")
  }

  @Test func `errors of reading do not show the text`() throws {
    let broken = [#"{"clear":4915115550123}"#, #"{"clear":["4915115550123"]}"#, #"{"4915115550123":"x"}"#, #""4915115550123""#]
    for json in broken {
      let error = #expect(throws: JSONError.self) { try JSONReader.decode(Personal<String>.self, from: Array(json.utf8)) }
      #expect(error.map { "\($0) \(String(reflecting: $0))" }?.contains(secret) == false, "\(json)")
    }
  }

  @Test func `clear and sealed values keep their shape`() throws {
    let clear = #"{"clear":"4915115550123"}"#
    let sealed = #"{"sealed":"k1.c2VhbGVk"}"#
    let read = try [clear, sealed].map { try JSONReader.decode(Personal<String>.self, from: Array($0.utf8)) }
    #expect(read.map(\.value) == [secret, nil])
    #expect(try read.map { String(decoding: try JSONWriter.encode($0), as: UTF8.self) } == [clear, sealed])
    #expect(try JSONReader.decode(Personal<Double>.self, from: Array(#"{"clear":52.5}"#.utf8)).value == 52.5)
  }

  @Test func `equal texts are equal, a sealed text equals only itself`() throws {
    let sealed = try JSONReader.decode(Personal<String>.self, from: Array(#"{"sealed":"4915115550123"}"#.utf8))
    #expect(Personal(secret) == Personal(secret))
    #expect(Personal(secret) != Personal("other"))
    #expect(sealed != Personal(secret))
    #expect(sealed == sealed)
  }
}
