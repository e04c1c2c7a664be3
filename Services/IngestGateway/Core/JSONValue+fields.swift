import Events
import JSON

/// Tolerant reading of provider JSON: a member that is missing, of another type or over its bound is `nil`.
extension JSONValue {
  /// No id, name or title of the provider is near this; a longer one is taken for broken.
  static var maxShortTextBytes: Int { 4_096 }

  /// Lists of honest items are far shorter; what is beyond is left to the raw body.
  static var maxListEntries: Int { 1_000 }

  /// A string or a whole number (older payloads write ids as numbers), not empty, at most ``maxShortTextBytes``.
  var shortText: String? {
    switch kind {
    case .string:
      guard let text = string, !text.isEmpty, text.utf8.count <= Self.maxShortTextBytes else { return nil }
      return text
    case .integer, .unsigned: return text()
    default: return nil
    }
  }

  func short(_ key: String) -> String? { self[key]?.shortText }

  func shortPersonal(_ key: String) -> Personal<String>? { short(key).map(Personal.init) }

  /// A text of any length, empty included.
  func personal(_ key: String) -> Personal<String>? { self[key]?.string.map(Personal.init) }

  /// A number, also one that is written as a string.
  func number(_ key: String) -> Double? {
    guard let value = self[key] else { return nil }
    return value.double ?? value.string.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A whole number, also one that is written as a string.
  func integer(_ key: String) -> Int? {
    guard let value = self[key] else { return nil }
    return value.int.map(Int.init) ?? value.string.flatMap { Int($0) }
  }

  func bool(_ key: String) -> Bool? { self[key]?.bool }

  /// The member, unless it is missing or `null`.
  func present(_ key: String) -> JSONValue? { self[key].flatMap { $0.isNull ? nil : $0 } }

  func object(_ key: String, _ reason: ItemFaultReason) throws(ItemFault) -> JSONValue {
    guard let value = self[key], value.kind == .object else { throw ItemFault(reason, "expected an object", at: self, key: key) }
    return value
  }

  func text(_ key: String, _ reason: ItemFaultReason) throws(ItemFault) -> String {
    guard let text = short(key) else { throw ItemFault(reason, "expected a text", at: self, key: key) }
    return text
  }

  /// The elements of an array member; none where it is missing or `null`.
  func list(_ key: String) throws(ItemFault) -> JSONElements? {
    guard let value = present(key) else { return nil }
    guard value.kind == .array else { throw .wrongType(value, expected: "an array") }
    return value.elements
  }

  /// `errors` in the provider's shape (contract, section 5).
  var providerErrors: [ProviderError] {
    guard let errors = self["errors"] else { return [] }
    return errors.elements.prefix(Self.maxListEntries).compactMap { error in
      guard error.kind == .object else { return nil }
      let details = error["error_data"]?.short("details") ?? error.short("message")
      return ProviderError(code: error.integer("code") ?? 0, title: error.short("title"), details: details)
    }
  }
}
