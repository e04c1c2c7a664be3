extension JSONBuffer {
  mutating func append(quoted text: String) {
    var text = text
    text.withUTF8 { append(quoted: $0) }
  }

  /// Appends valid UTF-8 as a JSON string.
  mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var start = 0
    while true {
      let end = text.firstEscaped(from: start)
      append(UnsafeBufferPointer(rebasing: text[start..<end]))
      guard end < text.count else { break }
      append(escaped: text[end])
      start = end + 1
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(verbatim: #"\""#)
    case UInt8(ascii: "\\"): append(verbatim: #"\\"#)
    case 0x08: append(verbatim: #"\b"#)
    case 0x09: append(verbatim: #"\t"#)
    case 0x0A: append(verbatim: #"\n"#)
    case 0x0C: append(verbatim: #"\f"#)
    case 0x0D: append(verbatim: #"\r"#)
    default:
      append(verbatim: byte < 0x10 ? #"\u000"# : #"\u001"#)
      append(verbatim: String(byte & 0x0F, radix: 16))
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The index of the first byte at or after `start` that a JSON string must escape, or `count`.
  fileprivate func firstEscaped(from start: Int) -> Int {
    var index = start
    let bytes = UnsafeRawBufferPointer(self)
    while index + 8 <= count, !bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).holdsEscaped { index += 8 }
    while index < count, !self[index].isEscaped { index += 1 }
    return index
  }
}

extension UInt8 {
  fileprivate var isEscaped: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}

extension UInt64 {
  /// Whether any of the eight bytes must be escaped: the high bit of a byte stays set where subtracting the limit borrows.
  fileprivate var holdsEscaped: Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = self ^ (ones &* 0x22)
    let backslash = self ^ (ones &* 0x5C)
    let borrows = ((self &- ones &* 0x20) & ~self) | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
    return borrows & (ones &* 0x80) != 0
  }
}
