/// The encoder of the value that begins at offset `start` inside `depth` open containers (see `JSONOutput`). Three words, so that
/// `any Encoder` holds it without an allocation.
struct JSONValueEncoder: Encoder {
  let output: JSONOutput
  let depth: Int
  let start: Int

  var codingPath: [any CodingKey] { output.path(depth: depth) }
  var userInfo: [CodingUserInfoKey: Any] { output.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(JSONObjectEncoder<Key>(opening: self, isDictionary: JSONDictionaryKey.isType(type)))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { JSONArrayEncoder(opening: self) }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
  func encodeNil() { if isAwaited { output.writeNull() } }
  func encode(_ value: Bool) { if isAwaited { output.write(value) } }
  func encode(_ value: String) { if isAwaited { output.write(value) } }
  func encode(_ value: Double) throws { if isAwaited { try output.write(number: value) } }
  func encode(_ value: Float) throws { if isAwaited { try output.write(number: value) } }
  @inline(__always)
  func encode<I: FixedWidthInteger & Encodable>(_ value: I) { if isAwaited { output.buffer.append(integer: value) } }
  func encode<T: Encodable>(_ value: T) throws { if isAwaited { try output.write(value, depth: depth) } }

  func encode(fragment: [UInt8]) {
    if isAwaited { fragment.withUnsafeBufferPointer { output.buffer.append($0) } }
  }

  private var isAwaited: Bool { output.awaits(depth: depth, start: start) }
}
