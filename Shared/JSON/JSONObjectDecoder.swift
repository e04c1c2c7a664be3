/// The members of one object, by key.
struct JSONObjectDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let source: JSONSource
  private let index: Int

  init(source: JSONSource, index: Int) throws {
    guard source.tape.tag(index) == JSONTape.Tag.object else { throw source.mismatch("an object", index) }
    self.source = source
    self.index = index
  }

  var codingPath: [any CodingKey] { source.tape.path(to: index) }

  var allKeys: [Key] {
    let tape = source.tape
    let close = tape.close(index)
    var keys: [Key] = []
    var at = index + 1
    while at < close {
      let name = tape.string(at)
      let isFirstOfItsName = source.member(name, of: index) == at + 1
      if isFirstOfItsName, let key = Key(stringValue: name) { keys.append(key) }
      at = tape.next(at + 1)
    }
    return keys
  }

  func contains(_ key: Key) -> Bool { find(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { source.isNull(try required(key)) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try decoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try decoder(forKey: key).unkeyedContainer() }

  func superDecoder() throws -> any Decoder {
    guard let member = source.member("super", of: index) else { throw missing("super") }
    return JSONValueDecoder(source: source, index: member)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(forKey: key) }

  private func decoder(forKey key: Key) throws -> JSONValueDecoder { JSONValueDecoder(source: source, index: try required(key)) }

  private func find(_ key: Key) -> Int? { source.member(key.stringValue, of: index) }

  private func required(_ key: Key) throws -> Int {
    guard let member = find(key) else { throw missing(key.stringValue) }
    return member
  }

  /// The value of `key` unless it is absent or null.
  private func present(_ key: Key) -> Int? {
    guard let member = find(key), !source.isNull(member) else { return nil }
    return member
  }

  private func missing(_ key: String) -> JSONFault { JSONFault(reason: "missing value", index: index, key: key) }
}

extension JSONObjectDecoder {
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try source.bool(required(key)) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try source.string(required(key)) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try source.double(required(key)) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try source.float(required(key)) }

  @inline(__always)
  func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type, forKey key: Key) throws -> I {
    try source.integer(type, required(key))
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try T(from: decoder(forKey: key)) }

  // The protocol's own `decodeIfPresent` looks the key up three times.

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    guard let member = present(key) else { return nil }
    return try source.bool(member)
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    guard let member = present(key) else { return nil }
    return try source.string(member)
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    guard let member = present(key) else { return nil }
    return try source.double(member)
  }

  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    guard let member = present(key) else { return nil }
    return try source.float(member)
  }

  @inline(__always)
  func decodeIfPresent<I: FixedWidthInteger & Decodable>(_ type: I.Type, forKey key: Key) throws -> I? {
    guard let member = present(key) else { return nil }
    return try source.integer(type, member)
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    guard let member = present(key) else { return nil }
    return try T(from: JSONValueDecoder(source: source, index: member))
  }
}
