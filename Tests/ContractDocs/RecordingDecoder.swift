/// What one run of a type's `init(from:)` has asked for.
final class Recording {
  let book: SchemaBook
  /// Keys with a value from outside.
  private let given: [String: Schema.Constant]
  /// Keys of enums with the index of the case that they shall have.
  private let cases: [String: Int]
  /// The optional key that shall be missing.
  private let absent: String?
  private var optionalKeys: Set<String> = []
  private(set) var schema: Schema = .object([])

  init(book: SchemaBook, given: [String: Schema.Constant] = [:], cases: [String: Int] = [:], absent: String? = nil) {
    self.book = book
    self.given = given
    self.cases = cases
    self.absent = absent
  }

  /// A type asks whether a key is there only where it can do without.
  func isAbsent(_ key: String) -> Bool {
    optionalKeys.insert(key)
    return key == absent
  }

  func member<T: Decodable>(_ type: T.Type, _ key: String) throws -> T {
    if let constant = given[key] {
      add(Schema.Property(name: key, schema: .constant(constant), isRequired: true))
      return try typed(constant.value)
    }
    let entry = try book.entry(type)
    add(Schema.Property(name: key, schema: entry.schema, isRequired: !optionalKeys.contains(key)))
    return try typed(entry.samples[cases[key] ?? 0])
  }

  /// A value that is read by a decoder of its own.
  func nested(_ key: String) -> Recording {
    let recording = Recording(book: book)
    recording.onChange = { [weak self] in self?.add(Schema.Property(name: key, schema: $0, isRequired: true)) }
    add(Schema.Property(name: key, schema: recording.schema, isRequired: true))
    return recording
  }

  func single<T: Decodable>(_ type: T.Type, wrap: (Schema) -> Schema = { $0 }) throws -> T {
    let entry = try book.entry(type)
    schema = wrap(entry.schema)
    return try typed(entry.samples[0])
  }

  private var onChange: ((Schema) -> Void)?

  private func add(_ property: Schema.Property) {
    guard case .object(var properties) = schema else { return }
    if let index = properties.firstIndex(where: { $0.name == property.name }) {
      properties[index] = property
    } else {
      properties.append(property)
    }
    schema = .object(properties)
    onChange?(schema)
  }

  private func typed<T>(_ value: Any) throws -> T {
    guard let value = value as? T else { throw NotDerivable(type: "\(T.self)") }
    return value
  }
}

extension Schema.Constant {
  fileprivate var value: any Sendable {
    switch self {
    case .string(let text): text
    case .integer(let number): number
    }
  }
}

/// A type asks its decoder for something that no schema of ours stands for.
struct NotDerivable: Error { let type: String }

struct RecordingDecoder: Decoder {
  let recording: Recording
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ recording: Recording) { self.recording = recording }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RecordingObject(recording: recording))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { RecordingArray(recording: recording) }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { RecordingValue(recording: recording) }
}

private struct RecordingObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let recording: Recording
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { recording.isAbsent(key.stringValue) }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try recording.member(type, key.stringValue) }
  func superDecoder(forKey key: Key) throws -> any Decoder { RecordingDecoder(recording.nested(key.stringValue)) }
  func superDecoder() throws -> any Decoder { throw NotDerivable(type: "super") }
  func nestedContainer<K: CodingKey>(keyedBy type: K.Type, forKey key: Key) throws -> KeyedDecodingContainer<K> {
    throw NotDerivable(type: key.stringValue)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NotDerivable(type: key.stringValue) }
}

/// An array with one element.
private struct RecordingArray: UnkeyedDecodingContainer {
  let recording: Recording
  var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { 1 }
  var isAtEnd: Bool { currentIndex == 1 }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    currentIndex += 1
    return try recording.single(type) { .array($0) }
  }

  mutating func nestedContainer<K: CodingKey>(keyedBy type: K.Type) throws -> KeyedDecodingContainer<K> {
    throw NotDerivable(type: "array")
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotDerivable(type: "array") }
  mutating func superDecoder() throws -> any Decoder { throw NotDerivable(type: "array") }
}

private struct RecordingValue: SingleValueDecodingContainer {
  let recording: Recording
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try recording.single(type) }
}
