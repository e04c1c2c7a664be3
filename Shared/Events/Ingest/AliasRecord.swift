/// The records of `contact.aliases`. The key is a keyed hash of the alias, so that the topic holds no phone number.
public enum AliasRecord: RecordBody {
  case assigned(AliasAssigned)

  public static let types: [PayloadType<AliasRecord>] = [
    PayloadType("alias.assigned", AliasRecord.assigned)
  ]

  public var type: TypeName { TypeName("alias.assigned") }

  public var payload: any Encodable & Sendable {
    switch self {
    case .assigned(let payload): payload
    }
  }
}

/// What an alias is.
public enum AliasKind: String, Codable, Sendable, CaseIterable { case phone, userId, parentUserId }

/// From `since` on this alias means this contact.
public struct AliasAssigned: Codable, Hashable, Sendable {
  public let kind: AliasKind
  public let contact: ContactId
  public let since: Timestamp

  public init(kind: AliasKind, contact: ContactId, since: Timestamp) {
    self.kind = kind
    self.contact = contact
    self.since = since
  }
}
