/// A growing byte buffer that writes JSON scalars. It holds its memory itself: an array would be checked for a unique
/// reference at each byte.
struct JSONBuffer: ~Copyable {
  private(set) var count = 0
  private var capacity = 1024
  private var base: UnsafeMutablePointer<UInt8>

  init() {
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  var last: UInt8? { count > 0 ? base[count - 1] : nil }

  func bytes(in range: Range<Int>) -> [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)[range]) }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Appends text that needs no escapes.
  mutating func append(verbatim text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  mutating func replace(from start: Int, with bytes: [UInt8]) {
    count = start
    bytes.withUnsafeBufferPointer { append($0) }
  }

  private mutating func reserve(_ extra: Int) {
    guard capacity - count < extra else { return }
    grow(extra)
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    capacity = max(capacity * 2, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
