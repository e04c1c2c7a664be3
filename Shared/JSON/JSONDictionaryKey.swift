/// Tells the members of a `Dictionary`, whose order changes from one process to the next, from those of all other types.
enum JSONDictionaryKey {
  static func isType<Key: CodingKey>(_ type: Key.Type) -> Bool { ObjectIdentifier(type) == dictionaryKey }

  /// The key type of `Dictionary` is private to the standard library, so it is learnt from watching one encode itself.
  private static let dictionaryKey: ObjectIdentifier? = {
    let probe = Probe()
    try? [String: Int]().encode(to: probe)
    return probe.keyType
  }()

  private final class Probe: Encoder {
    private(set) var keyType: ObjectIdentifier?
    private let encoder = JSONValueEncoder(output: JSONOutput(userInfo: [:]), depth: 0, start: 0)

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      keyType = ObjectIdentifier(type)
      return KeyedEncodingContainer(JSONObjectEncoder<Key>(opening: encoder, isDictionary: false))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
    func singleValueContainer() -> any SingleValueEncodingContainer { encoder }
  }
}
