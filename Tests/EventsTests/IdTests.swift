import Events
import JSON
import Testing

@Suite struct IdTests {
  /// Computed with another implementation: SHA-256 over each part behind its length as a 32-bit little-endian number, made a UUIDv8.
  @Test func `derived ids never change`() {
    #expect(DerivedId.uuid() == "e3b0c442-98fc-8c14-9afb-f4c8996fb924")
    #expect(DerivedId.uuid("") == "df3f6198-04a9-8fdb-8057-192dc43dd748")
    #expect(DerivedId.uuid("a", "bc") == "47ea6f80-5c5b-863e-b301-2cd34184e139")
    #expect(DerivedId.uuid("ab", "c") == "60014a36-d7b0-8b07-b0e4-2a8b96faa1ff")
    let message = MessageId(provider: ProviderMessageId("wamid.HBgLNDkxNTExNTU1MDEyMxUCABIYFDNBNjk0OEVGQTFCQzI3RDg4MDE1AA=="))
    let contact = ContactId("7d3f8a52-4c1e-8b90-a6f4-2e51c09d7a13")
    #expect(message == MessageId("8de665ea-979a-8a43-bca4-65f92b8b2c0d"))
    #expect(ConversationId(opening: message, with: contact) == ConversationId("886ac36c-984d-809b-8527-0453a02d222b"))
  }

  /// HMAC-SHA256(secret, part), made a UUIDv8.
  @Test func `ids under a secret never change, and differ by secret`() {
    let phone = "phone:4915115550123"
    #expect(DerivedId.uuid(secret: Array("secret".utf8), phone) == "0346b5b4-2f13-81cf-930a-688e947557c2")
    #expect(DerivedId.uuid(secret: Array("other secret".utf8), phone) == "213fe81a-c310-8923-a72a-011bb49c47c7")
  }

  @Test func `an id is its text in JSON`() throws {
    let id = ContactId("7d3f8a52-4c1e-8b90-a6f4-2e51c09d7a13")
    #expect(try String(decoding: JSONWriter.encode([id]), as: UTF8.self) == #"["7d3f8a52-4c1e-8b90-a6f4-2e51c09d7a13"]"#)
    #expect(try JSONReader.decode([ContactId].self, from: JSONWriter.encode([id])) == [id])
    #expect("\(id)" == id.text)
    #expect(ContactId("a") < ContactId("b"))
  }
}
