import ContractDocs
import Events
import JSON
import Testing

/// The contract with every log that exists: what was written once can be read for ever, and what is written today has this shape.
@Suite struct GoldenTests {
  @Test(arguments: Catalogue.all)
  func `every type and version of a topic has a golden record`(entry: Catalogue.Entry) throws {
    for type in entry.types {
      let golden = try Golden.of(type, in: entry.topic)
      #expect(golden.contains { $0.variant == nil }, "no \(entry.topic.name)/\(type.name).v\(type.version).json")
    }
  }

  @Test func `every golden record is of a type that its topic knows`() throws {
    for golden in try Golden.all() {
      let entry = Catalogue.all.first { $0.topic.name == golden.topic }
      #expect(entry?.types.contains(golden.type) == true, "\(golden)")
    }
  }

  @Test(arguments: try Golden.all())
  func `a record of today is read and written without a change`(golden: Golden) throws {
    let entry = try #require(Catalogue.all.first { $0.topic.name == golden.topic })
    let (type, written) = try rewritten(golden.bytes, as: entry.body)
    try #require(type.name == golden.type.name && type.version >= golden.type.version)
    // An older version comes out in today's shape; it only has to be readable.
    guard type == golden.type else { return }
    #expect(String(decoding: written, as: UTF8.self) == (try JSONDocument(parsing: golden.bytes).root.text()))
  }

  @Test(arguments: Catalogue.all)
  func `a type or version of tomorrow is unknown, not an error`(entry: Catalogue.Entry) throws {
    let golden = try #require(try Golden.all().first { $0.topic == entry.topic.name })
    #expect(try unknownType(in: replacing("type", by: #""from.tomorrow""#, in: golden), as: entry.body) == TypeName("from.tomorrow"))
    let newer = TypeName(golden.type.name, 999)
    #expect(try unknownType(in: replacing("version", by: "999", in: golden), as: entry.body) == newer)
  }

  @Test(arguments: try Golden.all())
  func `fields of tomorrow are ignored at every level`(golden: Golden) throws {
    let entry = try #require(Catalogue.all.first { $0.topic.name == golden.topic })
    let extended = Array(withExtraFields(try JSONDocument(parsing: golden.bytes).root).utf8)
    #expect(try rewritten(extended, as: entry.body).1 == rewritten(golden.bytes, as: entry.body).1)
  }

  private func rewritten<Body: RecordBody>(_ bytes: [UInt8], as body: Body.Type) throws -> (TypeName, [UInt8]) {
    guard case .known(let envelope) = try RecordCoding.decode(bytes, as: body) else { throw NotKnown() }
    return (envelope.body.type, try RecordCoding.encode(envelope))
  }

  private func unknownType<Body: RecordBody>(in bytes: [UInt8], as body: Body.Type) throws -> TypeName? {
    guard case .unknown(let type) = try RecordCoding.decode(bytes, as: body) else { return nil }
    return type
  }

  private func replacing(_ key: String, by json: String, in golden: Golden) throws -> [UInt8] {
    let members = try JSONDocument(parsing: golden.bytes).root.members.map { #""\#($0.key)":\#($0.key == key ? json : $0.value.text())"# }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  /// Adds a field to every object but to dictionaries, whose keys are data.
  private func withExtraFields(_ value: JSONValue, of key: String = "") -> String {
    switch value.kind {
    case .array: return "[\(value.elements.map { withExtraFields($0) }.joined(separator: ","))]"
    case .object where key != "unknownFields":
      let members = value.members.map { #""\#($0.key)":\#(withExtraFields($0.value, of: $0.key))"# }
      return "{\((members + [#""fromTomorrow":[{"x":null}]"#]).joined(separator: ","))}"
    default: return value.text()
    }
  }

  private struct NotKnown: Error {}
}
