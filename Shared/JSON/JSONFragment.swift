/// A piece of JSON text that is carried through unread: `JSONWriter` writes it as it is, `JSONReader` reads any value into it.
public struct JSONFragment: Codable, Hashable, Sendable {
  /// One JSON value in UTF-8.
  public let bytes: [UInt8]

  /// Checks that `bytes` are one JSON value; throws a `JSONError` if not. The bytes are kept as they are.
  public init(validating bytes: [UInt8]) throws {
    _ = try JSONDocument(parsing: bytes)
    self.bytes = bytes
  }

  /// The text of `value` without white space.
  public init(_ value: JSONValue) {
    bytes = value.bytes()
  }

  /// Throws a `JSONError` with any decoder but that of `JSONReader`: others do not give access to the text.
  public init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? JSONValueDecoder else { throw JSONError("a fragment can only be read by JSONReader") }
    self.init(decoder.value)
  }

  /// Throws a `JSONError` with any encoder but that of `JSONWriter`.
  public func encode(to encoder: any Encoder) throws {
    guard let encoder = encoder as? JSONValueEncoder else { throw JSONError("a fragment can only be written by JSONWriter") }
    encoder.encode(fragment: bytes)
  }
}
