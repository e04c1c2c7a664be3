import Crypto
import ServiceKit

/// Checks `X-Hub-Signature-256` (contract, section 1): HMAC-SHA256 of the raw bytes of the body under the secret of one of our apps.
public struct WebhookSignature: Sendable {
  static let prefix = "sha256="

  private let apps: [(name: String, key: SymmetricKey)]

  public init(apps: [MetaApp]) {
    self.apps = apps.prefix(Settings.maxApps).map { ($0.name, SymmetricKey(data: Array($0.secret.utf8))) }
  }

  /// The app whose secret made the signature, or `nil`. Compared in constant time; hex digits of either case.
  public func app(signing body: [UInt8], header: String?) -> String? {
    guard let code = header.flatMap(Self.code) else { return nil }
    return apps.first { HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: $0.key) }?.name
  }

  /// `sha256=` and exactly 64 hex digits.
  private static func code(_ header: String) -> [UInt8]? {
    guard header.hasPrefix(prefix) else { return nil }
    let digits = header.utf8.dropFirst(prefix.utf8.count)
    guard digits.count == 2 * SHA256.byteCount else { return nil }
    var code: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = value(ofHex: digit) else { return nil }
      if let first = high {
        code.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return code
  }

  private static func value(ofHex digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
