extension JSONBuffer {
  @inline(__always)
  mutating func append<I: FixedWidthInteger>(integer value: I) {
    guard I.bitWidth <= UInt64.bitWidth else { return append(verbatim: String(value)) }
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: UInt64(value.magnitude))
  }

  private mutating func append(digits value: UInt64) {
    let maxDigits = 20
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maxDigits) { digits in
      var rest = value
      var first = maxDigits
      repeat {
        first -= 1
        digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      append(UnsafeBufferPointer(rebasing: digits[first...]))
    }
  }

  /// The shortest text that reads back as the same number; whole numbers without a fraction (`1`, not `1.0`), as is common.
  /// False, with nothing appended, if `value` is not finite.
  mutating func append<F: BinaryFloatingPoint & CustomStringConvertible>(number value: F) -> Bool {
    guard value.isFinite else { return false }
    let text = value.description
    let hasNoFraction = text.hasSuffix(".0") && value != 0
    append(verbatim: value == 0 && value.sign == .plus ? "0" : hasNoFraction ? String(text.dropLast(2)) : text)
    return true
  }
}
