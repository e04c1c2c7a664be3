import Crypto
import Foundation

/// Ids that a replay makes again: UUIDs of version 8 from a hash of what they are derived from.
public enum DerivedId {
  /// A UUIDv8 from SHA-256 over the parts, each with its length, so that no two lists of parts look alike.
  public static func uuid(_ parts: String...) -> String {
    var hash = SHA256()
    for part in parts { hash.update(framed: part) }
    return uuid8(hash.finalize())
  }

  /// A UUIDv8 that cannot be found by trying without the secret: HMAC-SHA256(secret, part).
  public static func uuid(secret: [UInt8], _ part: String) -> String {
    uuid8(HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: SymmetricKey(data: secret)))
  }

  /// A UUIDv8 of the first 16 bytes of a digest that is there already.
  public static func uuid(digest: some Sequence<UInt8>) -> String { uuid8(digest) }

  private static func uuid8(_ digest: some Sequence<UInt8>) -> String {
    var bytes = Array(digest.prefix(16))
    bytes[6] = bytes[6] & 0x0f | 0x80
    bytes[8] = bytes[8] & 0x3f | 0x80
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
      text.append(hexDigits[Int(byte >> 4)])
      text.append(hexDigits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

private let hexDigits = Array("0123456789abcdef".utf8)

extension SHA256 {
  fileprivate mutating func update(framed part: String) {
    let bytes = Array(part.utf8)
    withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { update(bufferPointer: $0) }
    update(data: bytes)
  }
}

extension MessageId {
  /// The id of a message that has the provider's id.
  public init(provider: ProviderMessageId) { self.init(DerivedId.uuid("message", provider.text)) }
}

extension ConversationId {
  /// The id of the conversation of this customer that this message opens. Two customers never share one, even where a provider's id
  /// turns up with both.
  public init(opening message: MessageId, with contact: ContactId) {
    self.init(DerivedId.uuid("conversation", message.text, contact.text))
  }
}
