import Events

/// Names an item of a webhook by facts of the provider, so that a second delivery of it has the same key.
public typealias ItemKey = HashKey<ItemKind>

extension HashKey where Subject == ItemKind {
  /// A message, edit, revoke or reaction: each has a provider id of its own.
  static func message(_ role: MessageRole, id: String) -> ItemKey { ItemKey(parts: [role.rawValue, id]) }

  /// A status is told once for each message, value and time, and for each participant of a group.
  static func status(id: String, status: String, time: String, participant: String?) -> ItemKey {
    ItemKey(parts: ["status", id, status, time, participant ?? ""])
  }

  /// A change has no id: it is known by where it happened and what it says.
  static func change(account: String?, time: String?, field: String, value: [UInt8]) -> ItemKey {
    ItemKey(parts: ["change", account ?? "", time ?? "", field], data: value)
  }

  /// The id of the record that the item becomes.
  var record: RecordId { RecordId(DerivedId.uuid(digest: bytes)) }
}

/// What a message of the provider does.
enum MessageRole: String {
  case message, reaction, edit, revoke
}
