/// A JSON value that keeps the order of its members and writes itself in Meta's style.
enum JSON: Sendable {
  case string(String)
  case number(String)
  case bool(Bool)
  case array([JSON])
  case object([(String, JSON)])

  /// Leaves out the members without a value.
  static func object(compacting members: [(String, JSON?)]) -> JSON {
    .object(members.compactMap { name, value in value.map { (name, $0) } })
  }

  func adding(_ name: String, _ value: JSON?) -> JSON {
    guard case .object(let members) = self, let value else { return self }
    return .object(members + [(name, value)])
  }

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// ASCII only: everything else as `\uXXXX`, slashes as `\/` (contract, section 1).
  func write(to bytes: inout [UInt8]) {
    switch self {
    case .string(let text): Self.write(text, to: &bytes)
    case .number(let digits): bytes += digits.utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .array(let elements):
      Self.writeList(elements, "[", "]", to: &bytes) { $0.write(to: &$1) }
    case .object(let members):
      Self.writeList(members, "{", "}", to: &bytes) { member, bytes in
        Self.write(member.0, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.1.write(to: &bytes)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to bytes: inout [UInt8], _ writeOne: (Element, inout [UInt8]) -> Void
  ) {
    bytes += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      writeOne(element, &bytes)
    }
    bytes += close.utf8
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for unit in text.utf16 {
      switch unit {
      case 0x22: bytes += "\\\"".utf8
      case 0x5c: bytes += "\\\\".utf8
      case 0x2f: bytes += "\\/".utf8
      case 0x0a: bytes += "\\n".utf8
      case 0x20..<0x7f: bytes.append(UInt8(unit))
      default: bytes += "\\u\(hex(UInt64(unit), digits: 4))".utf8
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .number(String(value)) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
}

/// Lower-case hexadecimal, filled with zeros on the left.
func hex(_ value: UInt64, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
