/// The object at `depth` and `start` (see `JSONOutput`).
struct JSONObjectEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  private let output: JSONOutput
  private let depth: Int
  private let start: Int

  init(opening value: JSONValueEncoder, isDictionary: Bool) {
    output = value.output
    depth = value.depth
    start = value.start
    output.open(isObject: true, isDictionary: isDictionary, depth: depth, start: start)
  }

  var codingPath: [any CodingKey] { output.path(depth: depth) }

  func encodeNil(forKey key: Key) { if begin(key) { output.writeNull() } }
  func encode(_ value: Bool, forKey key: Key) { if begin(key) { output.write(value) } }
  func encode(_ value: String, forKey key: Key) { if begin(key) { output.write(value) } }
  func encode(_ value: Double, forKey key: Key) throws { if begin(key) { try output.write(number: value) } }
  func encode(_ value: Float, forKey key: Key) throws { if begin(key) { try output.write(number: value) } }

  @inline(__always)
  func encode<I: FixedWidthInteger & Encodable>(_ value: I, forKey key: Key) {
    if begin(key) { output.buffer.append(integer: value) }
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    if begin(key) { try output.write(value, depth: depth + 1) }
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) -> KeyedEncodingContainer<NestedKey> {
    encoder(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key.stringValue).unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder("super") }
  func superEncoder(forKey key: Key) -> any Encoder { encoder(key.stringValue) }

  private func begin(_ key: Key) -> Bool { output.beginMember(key.stringValue, depth: depth, start: start) }

  /// An encoder even if this object is closed: the misuse is recorded then and fails the whole encoding.
  private func encoder(_ key: String) -> JSONValueEncoder {
    _ = output.beginMember(key, depth: depth, start: start)
    return JSONValueEncoder(output: output, depth: depth + 1, start: output.buffer.count)
  }
}
