/// A growing byte buffer that writes JSON scalars. It holds its memory itself, because an array in a class would be checked for unique
/// reference and exclusive access at each byte.
final class JSONBuffer {
  private(set) var count = 0
  private var capacity = 1024
  private var base: UnsafeMutablePointer<UInt8>

  init() {
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  var last: UInt8? { count > 0 ? base[count - 1] : nil }

  func bytes(in range: Range<Int>) -> ArraySlice<UInt8> { ArraySlice(UnsafeBufferPointer(start: base, count: count)[range]) }

  func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Appends text that needs no escapes.
  func append(verbatim text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  func replace(from start: Int, with bytes: [UInt8]) {
    count = start
    bytes.withUnsafeBufferPointer { append($0) }
  }

  private func reserve(_ extra: Int) {
    guard capacity - count < extra else { return }
    grow(extra)
  }

  @inline(never)
  private func grow(_ extra: Int) {
    capacity = max(capacity * 2, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
