/// The decoder of the value at `index`. Two words, so that `any Decoder` holds it without an allocation.
struct JSONValueDecoder: Decoder {
  let source: JSONSource
  let index: Int

  var codingPath: [any CodingKey] { source.tape.path(to: index) }
  var userInfo: [CodingUserInfoKey: Any] { source.userInfo }
  var value: JSONValue { JSONValue(document: source.document, index: index) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(try JSONObjectDecoder<Key>(source: source, index: index))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try JSONArrayDecoder(source: source, index: index)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { source.isNull(index) }
  func decode(_ type: Bool.Type) throws -> Bool { try source.bool(index) }
  func decode(_ type: String.Type) throws -> String { try source.string(index) }
  func decode(_ type: Double.Type) throws -> Double { try source.double(index) }
  func decode(_ type: Float.Type) throws -> Float { try source.float(index) }
  @inline(__always)
  func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type) throws -> I { try source.integer(type, index) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }
}
