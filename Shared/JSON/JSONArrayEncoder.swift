/// The array at `depth` and `start` (see `JSONOutput`).
struct JSONArrayEncoder: UnkeyedEncodingContainer {
  private let output: JSONOutput
  private let depth: Int
  private let start: Int

  init(opening value: JSONValueEncoder) {
    output = value.output
    depth = value.depth
    start = value.start
    output.open(isObject: false, isDictionary: false, depth: depth, start: start)
  }

  var codingPath: [any CodingKey] { output.path(depth: depth) }
  var count: Int { output.count(depth: depth, start: start) }

  func encodeNil() { if begin() { output.writeNull() } }
  func encode(_ value: Bool) { if begin() { output.write(value) } }
  func encode(_ value: String) { if begin() { output.write(value) } }
  func encode(_ value: Double) throws { if begin() { try output.write(number: value) } }
  func encode(_ value: Float) throws { if begin() { try output.write(number: value) } }
  @inline(__always)
  func encode<I: FixedWidthInteger & Encodable>(_ value: I) { if begin() { output.buffer.append(integer: value) } }
  func encode<T: Encodable>(_ value: T) throws { if begin() { try output.write(value, depth: depth + 1) } }

  func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
    encoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder() }

  private func begin() -> Bool { output.beginElement(depth: depth, start: start) }

  /// An encoder even if this array is closed: the misuse is recorded then and fails the whole encoding.
  private func encoder() -> JSONValueEncoder {
    _ = begin()
    return JSONValueEncoder(output: output, depth: depth + 1, start: output.buffer.count)
  }
}
