/// Values that are one text in JSON, written and read as a text directly: synthesised coding of the payloads picks these, and saves an encoder
/// and a container of its own for each field.
extension KeyedEncodingContainer {
  mutating func encode<E>(_ id: Id<E>, forKey key: Key) throws { try encode(id.text, forKey: key) }
  mutating func encode(_ time: Timestamp, forKey key: Key) throws { try encode(time.description, forKey: key) }
  mutating func encode<T: RawRepresentable<String> & Codable>(_ value: T, forKey key: Key) throws {
    try encode(value.rawValue, forKey: key)
  }

  mutating func encodeIfPresent<E>(_ id: Id<E>?, forKey key: Key) throws { try encodeIfPresent(id?.text, forKey: key) }
  mutating func encodeIfPresent(_ time: Timestamp?, forKey key: Key) throws { try encodeIfPresent(time?.description, forKey: key) }
  mutating func encodeIfPresent<T: RawRepresentable<String> & Codable>(_ value: T?, forKey key: Key) throws {
    try encodeIfPresent(value?.rawValue, forKey: key)
  }
}

extension KeyedDecodingContainer {
  func decode<E>(_ type: Id<E>.Type, forKey key: Key) throws -> Id<E> { Id(try decode(String.self, forKey: key)) }
  func decode(_ type: Timestamp.Type, forKey key: Key) throws -> Timestamp { try time(try decode(String.self, forKey: key), key) }
  func decode<T: RawRepresentable<String> & Codable>(_ type: T.Type, forKey key: Key) throws -> T {
    try value(try decode(String.self, forKey: key), key)
  }

  func decodeIfPresent<E>(_ type: Id<E>.Type, forKey key: Key) throws -> Id<E>? {
    try decodeIfPresent(String.self, forKey: key).map { Id($0) }
  }
  func decodeIfPresent(_ type: Timestamp.Type, forKey key: Key) throws -> Timestamp? {
    try decodeIfPresent(String.self, forKey: key).map { try time($0, key) }
  }
  func decodeIfPresent<T: RawRepresentable<String> & Codable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try decodeIfPresent(String.self, forKey: key).map { try value($0, key) }
  }

  private func time(_ text: String, _ key: Key) throws -> Timestamp {
    guard let time = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "not an RFC 3339 time")
    }
    return time
  }

  private func value<T: RawRepresentable<String> & Codable>(_ text: String, _ key: Key) throws -> T {
    guard let value = T(rawValue: text) else {
      throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "not a value of this enumeration")
    }
    return value
  }
}
