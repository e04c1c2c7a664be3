/// A view of simdjson's tape (the format is in simdjson's `doc/tape.md`): one word for each value and each closing bracket, one more for a
/// number. A word holds a tag in its top byte and a payload below. The `JSONDocument` owns the memory and must outlive the view.
struct JSONTape {
  enum Tag {
    static let object = UInt8(ascii: "{")
    static let array = UInt8(ascii: "[")
    static let string = UInt8(ascii: "\"")
    static let integer = UInt8(ascii: "l")
    static let unsigned = UInt8(ascii: "u")
    static let double = UInt8(ascii: "d")
    static let `true` = UInt8(ascii: "t")
    static let `false` = UInt8(ascii: "f")
    static let null = UInt8(ascii: "n")
  }

  /// The word before it points to the end of the document.
  static let rootIndex = 1

  let words: UnsafePointer<UInt64>
  let strings: UnsafePointer<UInt8>

  func tag(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: words[index] >> 56) }

  /// The bits of the number at `index`.
  func number(_ index: Int) -> UInt64 { words[index + 1] }

  /// The index of the value (or closing bracket) that follows the value at `index`.
  func next(_ index: Int) -> Int {
    switch tag(index) {
    case Tag.object, Tag.array: Int(UInt32(truncatingIfNeeded: words[index]))
    case Tag.integer, Tag.unsigned, Tag.double: index + 2
    default: index + 1
    }
  }

  /// The index of the closing bracket of the container at `index`.
  func close(_ index: Int) -> Int { next(index) - 1 }

  /// The number of members or elements of the container at `index`.
  func count(_ index: Int) -> Int {
    let saturated = 0xFF_FFFF
    let stored = Int(truncatingIfNeeded: (words[index] >> 32)) & saturated
    return stored < saturated ? stored : countByWalking(index)
  }

  private func countByWalking(_ index: Int) -> Int {
    let wordsPerMember = tag(index) == Tag.object ? 1 : 0
    let close = close(index)
    var count = 0
    var at = index + 1
    while at < close {
      at = next(at + wordsPerMember)
      count += 1
    }
    return count
  }

  /// The UTF-8 of the string at `index`, unescaped.
  func stringBytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = strings + Int(words[index] & 0x00FF_FFFF_FFFF_FFFF)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: start + 4, count: Int(count))
  }

  func string(_ index: Int) -> String { String(decoding: stringBytes(index), as: UTF8.self) }

  /// The index of the value of the first member named `key` in the object at `index`.
  func member(_ key: UnsafeBufferPointer<UInt8>, of index: Int) -> Int? {
    let close = close(index)
    var at = index + 1
    while at < close {
      if JSONTapeKey(bytes: stringBytes(at)) == JSONTapeKey(bytes: key) { return at + 1 }
      at = next(at + 1)
    }
    return nil
  }

  func member(_ key: String, of index: Int) -> Int? {
    var key = key
    return key.withUTF8 { member($0, of: index) }
  }
}
