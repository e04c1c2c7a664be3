import Crypto
import Foundation

/// `?limit=` and `?page=` of a list.
public struct PageRequest: Sendable {
  public static let defaultLimit = 50
  public static let maxLimit = 200
  public static let query = ["limit", "page"]

  public let limit: Int
  /// What the list put into the token of the page before; `nil` for the first page.
  public let after: [String]?

  /// - Parameter list: names the list, so that a token of one list is no token of another.
  public init(_ call: Call, list: String, tokens: PageTokens) throws {
    if let text = try call.query("limit") {
      guard let limit = Int(text), (1...Self.maxLimit).contains(limit) else {
        throw Problem.badRequest(field: "limit", "It must be a number from 1 to \(Self.maxLimit).")
      }
      self.limit = limit
    } else {
      limit = Self.defaultLimit
    }
    after = try call.query("page").map { text in
      guard let values = tokens.open(text, list: list) else {
        throw Problem.badRequest(field: "page", "It is no page token of this list.")
      }
      return values
    }
  }
}

/// One page: `{"items": […], "next": "…" | null}`.
public struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
  public let items: [Item]
  public let next: String?

  public init(items: [Item], next: String?) {
    self.items = items
    self.next = next
  }

  private enum Key: String, CodingKey { case items, next }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(items, forKey: .items)
    // `next` is always there: `null` on the last page.
    try container.encode(next, forKey: .next)
  }
}

/// Makes and checks page tokens: opaque, and authenticated, so that a forged one is refused. Every instance of a suite has the same secret.
public struct PageTokens: Sendable {
  private static let tagBytes = 12
  private let key: SymmetricKey

  public init(secret: [UInt8]) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secret), info: Array("parley page tokens".utf8), outputByteCount: 32)
  }

  public func seal(_ values: [String], list: String) -> String {
    let text = Array(values.joined(separator: "\u{1f}").utf8)
    return Data(tag(text, list) + text).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  func open(_ token: String, list: String) -> [String]? {
    var base64 = token.replacing("-", with: "+").replacing("_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    guard let bytes = Data(base64Encoded: base64), bytes.count > Self.tagBytes else { return nil }
    let text = Array(bytes.dropFirst(Self.tagBytes))
    let expected = tag(text, list)
    // Without leaving early, so that the time tells nothing about the tag.
    guard zip(bytes.prefix(Self.tagBytes), expected).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
    return String(decoding: text, as: UTF8.self).split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
  }

  private func tag(_ text: [UInt8], _ list: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(list.utf8) + [0] + text, using: key).prefix(Self.tagBytes))
  }
}
