import Events

/// Our own ids in `biz_opaque_callback_data`: `p1:<contact id>:<message id>`. They come back with each status of the message.
public struct CallbackData: Hashable, Sendable {
  public static let prefix = "p1"
  static let idBytes = 36

  public let contact: ContactId
  public let message: MessageId

  public init(contact: ContactId, message: MessageId) {
    self.contact = contact
    self.message = message
  }

  /// `nil` for data of another sender.
  public init?(_ text: String?) {
    guard let parts = text?.split(separator: ":", omittingEmptySubsequences: false), parts.count == 3, parts[0] == Self.prefix,
      parts[1].utf8.count == Self.idBytes, parts[2].utf8.count == Self.idBytes, parts[1].isId, parts[2].isId
    else { return nil }
    contact = ContactId(String(parts[1]))
    message = MessageId(String(parts[2]))
  }

  public var text: String { "\(Self.prefix):\(contact):\(message)" }
}

extension Substring {
  fileprivate var isId: Bool {
    utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == UInt8(ascii: "-") }
  }
}
