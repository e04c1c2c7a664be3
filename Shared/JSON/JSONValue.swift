/// One value of a `JSONDocument`: a cheap view that keeps the document alive. Asking for the wrong type gives `nil`, never an error.
public struct JSONValue: Sendable {
  let document: JSONDocument
  let index: Int

  private var tape: JSONTape { document.tape }

  /// The type of the value.
  public var kind: JSONKind { tape.kind(index) }

  /// The text of a string.
  public var string: String? { kind == .string ? tape.string(index) : nil }

  /// The value of a number that is written as an integer and fits `Int64`.
  public var int: Int64? { kind == .integer ? Int64(bitPattern: tape.number(index)) : nil }

  /// The value of any number, rounded to the nearest double.
  public var double: Double? { tape.double(index) }

  public var bool: Bool? {
    switch kind {
    case .bool: tape.tag(index) == JSONTape.Tag.true
    default: nil
    }
  }

  public var isNull: Bool { kind == .null }

  /// The number of elements or members; 0 for a value that is no container.
  public var count: Int { kind == .array || kind == .object ? tape.count(index) : 0 }

  /// The value of the first member named `key`, or `nil` if there is none or this is no object. Takes time linear in the members before it.
  public subscript(_ key: String) -> JSONValue? {
    guard kind == .object, let member = tape.member(key, of: index) else { return nil }
    return JSONValue(document: document, index: member)
  }

  /// The elements of an array.
  public var array: [JSONValue]? {
    guard kind == .array else { return nil }
    return Array(elements)
  }

  /// The elements of an array in order; none for a value that is no array.
  public var elements: JSONElements { JSONElements(of: self) }

  /// The members of an object in order, repeated keys included; none for a value that is no object.
  public var members: JSONMembers { JSONMembers(of: self) }

  /// The place of this value in its document, as in `JSONError.path`.
  public var path: String { JSONPathKey.text(of: tape.path(to: index)) }

  /// The value as JSON text in UTF-8, without white space. Numbers and escapes are normalised, the order of members is kept.
  public func bytes() -> [UInt8] {
    var buffer = JSONBuffer()
    tape.write(index, to: &buffer)
    return buffer.bytes
  }

  /// `bytes()` as a string.
  public func text() -> String { String(decoding: bytes(), as: UTF8.self) }
}
