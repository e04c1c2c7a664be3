/// A field with personal text. In JSON it is `{"clear": value}`, or `{"sealed": text}` once it is sealed under its contact's key; readers
/// must take both. A sealed value whose key is gone reads as `nil`.
///
/// Its description is redacted, so that it cannot reach a log by interpolation.
public struct Personal<Value: Codable & Hashable & Sendable>: Hashable, Sendable {
  private enum Form: Hashable, Sendable {
    case clear(Value)
    case sealed(String)
  }

  private let form: Form

  public init(_ value: Value) { form = .clear(value) }

  /// The text, unless it is sealed and cannot be opened.
  public var value: Value? {
    if case .clear(let value) = form { value } else { nil }
  }
}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "‹personal›" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Personal: Codable {
  private enum Key: String, CodingKey { case clear, sealed }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let sealed = try container.decodeIfPresent(String.self, forKey: .sealed) {
      form = .sealed(sealed)
    } else {
      form = .clear(try container.decode(Value.self, forKey: .clear))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch form {
    case .clear(let value): try container.encode(value, forKey: .clear)
    case .sealed(let text): try container.encode(text, forKey: .sealed)
    }
  }
}

extension Optional {
  /// The text of a personal field, if there is one and it can be read.
  public func clear<Value>() -> Value? where Wrapped == Personal<Value> { self?.value }
}
