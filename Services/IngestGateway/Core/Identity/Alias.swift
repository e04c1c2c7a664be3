import Events

/// The keyed hash of an alias: what look-ups and the topic `contact.aliases` use instead of the alias itself.
public typealias AliasKey = HashKey<AliasKind>

/// One name of a customer.
struct Alias: Hashable {
  let kind: AliasKind
  let value: String

  /// Both writings of a sender or recipient: digits, or a business-scoped user id (`US.1349…`), which some payloads put where a phone
  /// number is expected (trap 8).
  init?(address text: String) {
    if let phone = PhoneNumber.normalise(text) {
      self.init(.phone, phone)
    } else if Self.isUserId(text) {
      self.init(.userId, text)
    } else {
      return nil
    }
  }

  init(_ kind: AliasKind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  static func phone(_ text: String?) -> Alias? { text.flatMap(PhoneNumber.normalise).map { Alias(.phone, $0) } }
  static func userId(_ text: String?) -> Alias? { text.map { Alias(.userId, $0) } }
  static func parentUserId(_ text: String?) -> Alias? { text.map { Alias(.parentUserId, $0) } }

  /// ISO country code, a dot, and letters, digits and dots (contract, section 12).
  private static func isUserId(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count > 3, bytes[0].isLetter, bytes[1].isLetter, bytes[2] == UInt8(ascii: ".") else { return false }
    return bytes.dropFirst(3).allSatisfy { $0.isLetter || $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (0x41...0x5a).contains(self & 0xdf) }
}

/// The workspace's secret as it is used for identities: without it, a phone number could be found from its hash by trying.
struct IdentityKeys: Sendable {
  private let secret: [UInt8]
  private let key: HashSecret

  init(secret: [UInt8]) {
    self.secret = secret
    key = HashSecret(secret)
  }

  func key(of alias: Alias) -> AliasKey {
    AliasKey(secret: key, "\(alias.kind.rawValue):\(alias.value)")
  }

  /// The id of a contact that nobody knew before.
  func contact(from alias: Alias) -> ContactId {
    let prefix =
      switch alias.kind {
      case .phone: "phone"
      case .userId: "user"
      case .parentUserId: "parent"
      }
    return ContactId(DerivedId.uuid(secret: secret, "\(prefix):\(alias.value)"))
  }
}
