/// One step of a path through a document.
enum JSONPathKey: CodingKey {
  case name(String)
  case index(Int)

  init(stringValue: String) { self = .name(stringValue) }
  init(intValue: Int) { self = .index(intValue) }

  var stringValue: String {
    switch self {
    case .name(let name): name
    case .index(let index): "Index \(index)"
    }
  }

  var intValue: Int? {
    switch self {
    case .name: nil
    case .index(let index): index
    }
  }

  /// The path as people write it: `entry[0].changes[2].value.id`.
  static func text(of path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? shown(key.stringValue) : "." + shown(key.stringValue)
      }
    }
    return text
  }

  private static let maxShownKeyBytes = 64

  /// Keys come from the document, too; only those that look like field names are safe to show.
  private static func shown(_ key: String) -> String {
    let letters = key.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    guard letters, let first = key.utf8.first, isLetter(first), key.utf8.count <= maxShownKeyBytes else { return "*" }
    return key
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
