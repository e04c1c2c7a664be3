/// A moment, in milliseconds since 1970-01-01T00:00:00Z. In JSON it is RFC 3339 in UTC with milliseconds.
///
/// Moments beyond the years 0 to 9999, which RFC 3339 cannot write, become ``earliest`` or ``latest``.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let milliseconds: Int64

  /// `0000-01-01T00:00:00.000Z`
  public static let earliest = Timestamp(milliseconds: bounds.lowerBound)
  /// `9999-12-31T23:59:59.999Z`
  public static let latest = Timestamp(milliseconds: bounds.upperBound)

  private static let bounds: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

  public init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, Self.bounds.lowerBound), Self.bounds.upperBound)
  }

  public init(seconds: Int64) {
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000)
    self.init(milliseconds: overflows ? (seconds < 0 ? .min : .max) : product)
  }

  public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  public func adding(hours: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + hours * 3_600_000) }
  public func adding(milliseconds more: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + more) }

  /// `2026-11-21T03:46:20.123Z`
  public var description: String {
    let (days, inDay) = milliseconds.flooredDivision(by: 86_400_000)
    let (year, month, day) = civil(fromDays: days)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    append(year, width: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(month, width: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(day, width: 2, to: &text)
    text.append(UInt8(ascii: "T"))
    append(inDay / 3_600_000, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(inDay / 60_000 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(inDay / 1_000 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: "."))
    append(inDay % 1_000, width: 3, to: &text)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads RFC 3339: any offset, any number of fraction digits (beyond milliseconds they are dropped). `nil` for anything else.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard let year = take(4, &rest), skip("-", &rest), let month = take(2, &rest), skip("-", &rest), let day = take(2, &rest),
      skip("T", &rest) || skip("t", &rest) || skip(" ", &rest), let hour = take(2, &rest), skip(":", &rest), let minute = take(2, &rest),
      skip(":", &rest), let second = take(2, &rest),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    var fraction: Int64 = 0
    if skip(".", &rest) {
      var digits = 0
      while let digit = take(1, &rest) {
        if digits < 3 { fraction = fraction * 10 + digit }
        digits += 1
      }
      guard digits > 0 else { return nil }
      for _ in min(digits, 3)..<3 { fraction *= 10 }
    }
    var offsetMinutes: Int64 = 0
    if !skip("Z", &rest) && !skip("z", &rest) {
      guard let sign = rest.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = take(2, &rest),
        skip(":", &rest), let minutes = take(2, &rest), hours < 24, minutes < 60
      else { return nil }
      offsetMinutes = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
    guard rest.isEmpty, civil(fromDays: days(year, month, day)) == (year, month, day) else { return nil }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offsetMinutes * 60
    self.init(milliseconds: seconds * 1_000 + fraction)
  }
}

extension Timestamp: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Timestamp(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Days since 1970 of a date of the proleptic Gregorian calendar (algorithm: H. Hinnant, "chrono-compatible low-level date algorithms").
private func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let (era, yearOfEra) = shifted.flooredDivision(by: 400)
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
  let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
  let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

private func append(_ number: Int64, width: Int, to text: inout [UInt8]) {
  var divisor: Int64 = 1
  for _ in 1..<width { divisor *= 10 }
  while divisor > 0 {
    text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
    divisor /= 10
  }
}

private func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int64? {
  guard rest.count >= count else { return nil }
  var value: Int64 = 0
  for byte in rest.prefix(count) {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    value = value * 10 + Int64(byte - UInt8(ascii: "0"))
  }
  rest = rest.dropFirst(count)
  return value
}

private func skip(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
  guard rest.first == UInt8(ascii: character) else { return false }
  rest = rest.dropFirst()
  return true
}
