/// The members of one object, by key.
struct JSONObjectDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let source: JSONSource
  private let index: Int
  /// Only for long objects: a dictionary that is read key by key would take quadratic time otherwise.
  private let members: [JSONTapeKey: Int]?

  init(source: JSONSource, index: Int) throws {
    guard source.tape.tag(index) == JSONTape.Tag.object else { throw source.mismatch("an object", index) }
    self.source = source
    self.index = index
    self.members = source.tape.memberTable(of: index)
  }

  var codingPath: [any CodingKey] { source.tape.path(to: index) }

  var allKeys: [Key] {
    let tape = source.tape
    let close = tape.close(index)
    var keys: [Key] = []
    var at = index + 1
    while at < close {
      let isFirstOfItsName = find(tape.stringBytes(at)) == at + 1
      if isFirstOfItsName, let key = Key(stringValue: tape.string(at)) { keys.append(key) }
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
    guard let member = source.tape.member("super", of: index) else { throw missing("super") }
    return JSONValueDecoder(source: source, index: member)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(forKey: key) }

  private func decoder(forKey key: Key) throws -> JSONValueDecoder { JSONValueDecoder(source: source, index: try required(key)) }

  private func find(_ key: UnsafeBufferPointer<UInt8>) -> Int? {
    if let members { return members[JSONTapeKey(bytes: key)] }
    return source.tape.member(key, of: index)
  }

  private func find(_ key: Key) -> Int? {
    var name = key.stringValue
    return name.withUTF8(find)
  }

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

  func decode<I: FixedWidthInteger & Decodable>(_ type: I.Type, forKey key: Key) throws -> I {
    try source.integer(type, required(key))
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try T(from: decoder(forKey: key)) }

  // The protocol's own `decodeIfPresent` looks the key up three times.

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key).map(source.bool) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key).map(source.string) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try present(key).map(source.double) }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try present(key).map(source.float) }

  func decodeIfPresent<I: FixedWidthInteger & Decodable>(_ type: I.Type, forKey key: Key) throws -> I? {
    try present(key).map { try source.integer(type, $0) }
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try present(key).map { try T(from: JSONValueDecoder(source: source, index: $0)) }
  }
}

extension JSONTape {
  /// Up to here searching member by member is faster than hashing.
  private var maxSearchedMembers: Int { 48 }

  /// The first value of each key of the object at `index`, or `nil` if the object is short enough to be searched.
  fileprivate func memberTable(of index: Int) -> [JSONTapeKey: Int]? {
    let count = count(index)
    guard count > maxSearchedMembers else { return nil }
    var table: [JSONTapeKey: Int] = [:]
    table.reserveCapacity(count)
    let close = close(index)
    var at = index + 1
    while at < close {
      let key = JSONTapeKey(bytes: stringBytes(at))
      if table[key] == nil { table[key] = at + 1 }
      at = next(at + 1)
    }
    return table
  }
}
