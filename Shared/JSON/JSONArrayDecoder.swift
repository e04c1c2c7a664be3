/// The elements of one array, in order.
struct JSONArrayDecoder: UnkeyedDecodingContainer {
  private let source: JSONSource
  private let index: Int
  private let close: Int
  private var at: Int
  private(set) var currentIndex = 0

  init(source: JSONSource, index: Int) throws {
    guard source.tape.tag(index) == JSONTape.Tag.array else { throw source.mismatch("an array", index) }
    self.source = source
    self.index = index
    self.close = source.tape.close(index)
    self.at = index + 1
  }

  var codingPath: [any CodingKey] { source.tape.path(to: index) }
  var count: Int? { source.tape.count(index) }
  var isAtEnd: Bool { at >= close }

  /// Reads the next element; stays on it if `read` throws.
  private mutating func element<T>(_ read: (Int) throws -> T) throws -> T {
    guard at < close else { throw JSONFault(reason: "array has too few elements", index: index) }
    let value = try read(at)
    at = source.tape.next(at)
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard at < close else { throw JSONFault(reason: "array has too few elements", index: index) }
    guard source.isNull(at) else { return false }
    return try element { _ in true }
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try element(source.bool) }
  mutating func decode(_ type: String.Type) throws -> String { try element(source.string) }
  mutating func decode(_ type: Double.Type) throws -> Double { try element(source.double) }
  mutating func decode(_ type: Float.Type) throws -> Float { try element(source.float) }

  mutating func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type) throws -> I {
    let source = source
    return try element { try source.integer(type, $0) }
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let source = source
    return try element { try T(from: JSONValueDecoder(source: source, index: $0)) }
  }

  mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws -> KeyedDecodingContainer<NestedKey> {
    let source = source
    return try element { try JSONValueDecoder(source: source, index: $0).container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let source = source
    return try element { try JSONArrayDecoder(source: source, index: $0) }
  }

  mutating func superDecoder() throws -> any Decoder {
    let source = source
    return try element { JSONValueDecoder(source: source, index: $0) }
  }
}
