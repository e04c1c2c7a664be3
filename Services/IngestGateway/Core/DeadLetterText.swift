import Events

/// The text under which bytes of any kind are kept in a dead letter.
enum DeadLetterText {
  /// At most ``ItemDeadLettered/maxItemBytes`` of the item: as text, or as base64 where it is no UTF-8 or holds control characters (which
  /// would grow six times as JSON and not fit the topic).
  static func of(_ item: [UInt8]) -> String {
    var end = min(item.count, ItemDeadLettered.maxItemBytes)
    let isText = !item.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }
    if isText, end < item.count {
      while end > 0, item[end] & 0xc0 == 0x80 { end -= 1 }
    }
    if isText, let text = String(validating: item[..<end], as: UTF8.self) { return text }
    return base64(item[..<min(item.count, ItemDeadLettered.maxItemBytes / 4 * 3)])
  }

  private static func base64(_ bytes: ArraySlice<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let group = bytes[start..<min(start + 3, bytes.endIndex)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for index in 0..<4 {
        let isFilled = index <= group.count
        text.append(isFilled ? alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 63)] : UInt8(ascii: "="))
      }
      start += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
