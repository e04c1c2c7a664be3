import JSON

/// Why an item cannot be stored. The texts name fields and types, never what an item says.
struct ItemFault: Error {
  let reason: ItemFaultReason
  let detail: String
  let path: String

  init(_ reason: ItemFaultReason, _ detail: String, at value: JSONValue, key: String? = nil) {
    self.reason = reason
    self.detail = detail
    let path = value.path
    self.path = key.map { path.isEmpty ? $0 : "\(path).\($0)" } ?? path
  }

  init(_ reason: ItemFaultReason, _ detail: String, path: String = "") {
    self.reason = reason
    self.detail = detail
    self.path = path
  }

  static func wrongType(_ value: JSONValue, expected: String) -> ItemFault { ItemFault(.wrongType, "expected \(expected)", at: value) }
}

/// The codes of items that the gateway puts aside; the step's own (`processing-failed`, `process-killed`) stand beside them.
public enum ItemFaultReason: String, Sendable, CaseIterable {
  case notJSON = "not-json"
  case wrongType = "wrong-type"
  case missingField = "missing-field"
  case missingId = "missing-id"
  case missingChannel = "missing-channel"
  /// Nothing says which customer the item is about.
  case missingContact = "missing-contact"
  case missingStatus = "missing-status"
  case badTimestamp = "bad-timestamp"
  /// The part that the message's type promises is missing or broken.
  case badContent = "bad-content"
  case tooLarge = "too-large"
}
