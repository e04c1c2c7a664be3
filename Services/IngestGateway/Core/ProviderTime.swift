import Events
import JSON

/// Times as the provider writes them: Unix seconds, as a string or as a number.
struct ProviderTime {
  /// A time further ahead of the receipt than this is a wrong clock: the time of receipt is taken instead, so that no window is opened
  /// into the future.
  static let maxAheadMilliseconds: Int64 = 10 * 60 * 1_000
  /// Far beyond any date; keeps the arithmetic from overflowing.
  private static let maxSeconds: Int64 = 1_000_000_000_000_000

  let at: Timestamp
  /// As it was written, for keys that must not depend on the receipt.
  let text: String

  /// - Throws: `bad-timestamp` for what is missing or no positive number.
  init(_ key: String, of item: JSONValue, receivedAt: Timestamp) throws(ItemFault) {
    guard let value = item[key], let seconds = Self.seconds(value) else {
      throw ItemFault(.badTimestamp, "expected Unix seconds", at: item, key: key)
    }
    self.init(seconds: seconds, receivedAt: receivedAt)
  }

  private init(seconds: Int64, receivedAt: Timestamp) {
    let told = Timestamp(seconds: seconds)
    at = told.milliseconds > receivedAt.milliseconds + Self.maxAheadMilliseconds ? receivedAt : told
    text = "\(seconds)"
  }

  /// `nil` where the value is no time.
  init?(_ value: JSONValue?, receivedAt: Timestamp) {
    guard let seconds = value.flatMap(Self.seconds) else { return nil }
    self.init(seconds: seconds, receivedAt: receivedAt)
  }

  /// A time that may lie ahead, such as the end of a permission.
  static func future(_ value: JSONValue?) -> Timestamp? { value.flatMap(seconds).map(Timestamp.init(seconds:)) }

  private static func seconds(_ value: JSONValue) -> Int64? {
    let seconds: Int64? =
      switch value.kind {
      case .string: value.string.flatMap(seconds)
      case .integer: value.int
      case .unsigned: maxSeconds
      case .double: value.double.map { Int64(min(max($0, 0), Double(maxSeconds))) }
      default: nil
      }
    guard let seconds, seconds > 0 else { return nil }
    return min(seconds, maxSeconds)
  }

  private static func seconds(_ text: String) -> Int64? {
    var seconds: Int64 = 0
    guard !text.isEmpty else { return nil }
    for byte in text.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      seconds = min(seconds * 10 + Int64(byte - UInt8(ascii: "0")), maxSeconds)
    }
    return seconds
  }
}
