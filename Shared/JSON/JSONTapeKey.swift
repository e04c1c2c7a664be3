#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A key compared by its bytes, as RFC 8259 (section 8.3) advises: Swift's `String` would hold canonically equivalent keys for equal.
struct JSONTapeKey: Hashable {
  let bytes: UnsafeBufferPointer<UInt8>

  static func == (left: JSONTapeKey, right: JSONTapeKey) -> Bool {
    guard left.bytes.count == right.bytes.count else { return false }
    guard let first = left.bytes.baseAddress, let second = right.bytes.baseAddress else { return true }
    return memcmp(first, second, left.bytes.count) == 0
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
  }
}
