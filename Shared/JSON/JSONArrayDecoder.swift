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

  mutating func decodeNil() throws -> Bool {
    let isNull = source.isNull(try current())
    if isNull { advance() }
    return isNull
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool {
    let value = try source.bool(current())
    advance()
    return value
  }

  mutating func decode(_ type: String.Type) throws -> String {
    let value = try source.string(current())
    advance()
    return value
  }

  mutating func decode(_ type: Double.Type) throws -> Double {
    let value = try source.double(current())
    advance()
    return value
  }

  mutating func decode(_ type: Float.Type) throws -> Float {
    let value = try source.float(current())
    advance()
    return value
  }

  @inline(__always)
  mutating func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type) throws -> I {
    let value = try source.integer(type, current())
    advance()
    return value
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try T(from: decoder())
    advance()
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws -> KeyedDecodingContainer<NestedKey> {
    let container = try decoder().container(keyedBy: type)
    advance()
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try JSONArrayDecoder(source: source, index: current())
    advance()
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let element = try decoder()
    advance()
    return element
  }

  private func decoder() throws -> JSONValueDecoder { JSONValueDecoder(source: source, index: try current()) }

  private func current() throws -> Int {
    guard at < close else { throw JSONFault(reason: "array has too few elements", index: index) }
    return at
  }

  /// Only after an element was read: a type may try to read it in another way if that fails.
  private mutating func advance() {
    at = source.tape.next(at)
    currentIndex += 1
  }
}
