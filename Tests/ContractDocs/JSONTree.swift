import JSON

/// JSON whose members keep their order, so that a generated file differs only where its content does.
package indirect enum JSONTree: Sendable {
  case object([(key: String, value: JSONTree)])
  case array([JSONTree])
  case string(String)
  case integer(Int)
  case bool(Bool)

  /// Indented text that ends with a line break. An array of plain values stands on one line.
  package func text() throws -> String { try text(indent: "") + "\n" }

  private func text(indent: String) throws -> String {
    let inner = indent + "  "
    switch self {
    case .object(let members) where members.isEmpty: return "{}"
    case .object(let members):
      let lines = try members.map { "\(inner)\(try quoted($0.key)): \(try $0.value.text(indent: inner))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    case .array(let elements) where elements.allSatisfy(\.isPlain):
      return "[\(try elements.map { try $0.text(indent: inner) }.joined(separator: ", "))]"
    case .array(let elements):
      return "[\n\(try elements.map { inner + (try $0.text(indent: inner)) }.joined(separator: ",\n"))\n\(indent)]"
    case .string(let text): return try quoted(text)
    case .integer(let number): return "\(number)"
    case .bool(let bool): return "\(bool)"
    }
  }

  private var isPlain: Bool {
    switch self {
    case .object, .array: false
    case .string, .integer, .bool: true
    }
  }

  private func quoted(_ text: String) throws -> String { String(decoding: try JSONWriter.encode(text), as: UTF8.self) }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral
{
  package init(dictionaryLiteral members: (String, JSONTree)...) { self = .object(members.map { (key: $0.0, value: $0.1) }) }
  package init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
  package init(stringLiteral text: String) { self = .string(text) }
  package init(integerLiteral number: Int) { self = .integer(number) }
}
