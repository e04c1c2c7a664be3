import JSON

/// The one place where records become bytes and bytes become records.
public enum RecordCoding {
  public enum Decoded<Body: RecordBody>: Sendable {
    case known(Envelope<Body>)
    case unknown(TypeName)
  }

  public static func encode<Body>(_ envelope: Envelope<Body>) throws -> [UInt8] { try JSONWriter.encode(envelope) }

  /// - Throws: `JSONError` for bytes that are no record of this topic.
  public static func decode<Body>(_ bytes: [UInt8], as body: Body.Type = Body.self) throws -> Decoded<Body> {
    do {
      return .known(try JSONReader.decode(Envelope<Body>.self, from: bytes))
    } catch let unknown as UnknownType {
      return .unknown(unknown.type)
    }
  }
}
