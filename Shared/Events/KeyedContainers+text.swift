/// Values that are one text in JSON, written as a text directly: synthesised encoding of the payloads picks these, and saves an encoder and a
/// container of its own for each field.
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
