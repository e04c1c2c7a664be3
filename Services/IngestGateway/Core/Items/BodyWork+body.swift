import Events
import JSON

/// From the body to its items.
extension BodyWork {
  mutating func take(_ root: JSONValue) throws {
    var changes: [Change] = []
    try collect(root, into: &changes)
    for change in changes { try learnSystemMessages(change) }
    for change in changes { try take(change) }
  }

  /// Whatever has the wrong shape on the way to a change is one dead-lettered item of kind changes; its neighbours go on.
  private mutating func collect(_ root: JSONValue, into changes: inout [Change]) throws {
    guard root.kind == .object else { return deadLetter(.changes, .wrongType(root, expected: "an object"), item: root.bytes()) }
    guard let entries = root["entry"], entries.kind == .array else {
      return deadLetter(.changes, ItemFault(.wrongType, "expected an array", at: root, key: "entry"), item: root.bytes())
    }
    for entry in entries.elements {
      guard entry.kind == .object else {
        deadLetter(.changes, .wrongType(entry, expected: "an object"), item: entry.bytes())
        continue
      }
      guard let list = entry["changes"], list.kind == .array else {
        deadLetter(.changes, ItemFault(.wrongType, "expected an array", at: entry, key: "changes"), item: entry.bytes())
        continue
      }
      for change in list.elements {
        do throws(ItemFault) {
          changes.append(try read(change, of: entry))
        } catch {
          deadLetter(.changes, error, item: change.bytes())
        }
      }
    }
  }

  private func read(_ change: JSONValue, of entry: JSONValue) throws(ItemFault) -> Change {
    guard change.kind == .object else { throw .wrongType(change, expected: "an object") }
    let value = try change.object("value", .wrongType)
    let field: String
    if let name = change.short("field") {
      field = name
    } else if value["messages"]?.kind == .array || value["statuses"]?.kind == .array {
      field = FieldName.messages
    } else {
      throw ItemFault(.missingField, "expected the name of the field", at: change, key: "field")
    }
    return Change(businessAccount: entry.short("id"), time: entry["time"], field: field, value: value)
  }

  private mutating func take(_ change: Change) throws {
    if change.field == FieldName.messages {
      var isEmpty = try !takeList("messages", .messages, of: change) { try $0.take(message: $1, of: change, origin: .customer) }
      if try takeList("statuses", .statuses, of: change, { try $0.take(status: $1, of: change) }) { isEmpty = false }
      if let errors = change.value.present("errors"), errors.kind != .array || errors.count > 0 {
        isEmpty = false
        try item(.changes, errors) { try $0.take(errors: errors, of: change) }
      }
      if isEmpty { try item(.changes, change.value) { try $0.take(other: change) } }
    } else if FieldName.echoes.contains(change.field), change.value["message_echoes"] != nil {
      _ = try takeList("message_echoes", .messages, of: change) { try $0.take(message: $1, of: change, origin: .echo) }
    } else if change.field == FieldName.history, change.value["history"] != nil {
      try takeHistory(change)
    } else {
      try item(.changes, change.value) { try $0.take(other: change) }
    }
  }

  /// - Returns: whether the member was there.
  private mutating func takeList(
    _ key: String, _ kind: ItemKind, of change: Change, _ process: (inout Self, JSONValue) throws -> ItemCounts.Fate
  ) throws -> Bool {
    guard let list = change.value.present(key) else { return false }
    guard list.kind == .array else {
      deadLetter(.changes, .wrongType(list, expected: "an array"), item: list.bytes())
      return true
    }
    for element in list.elements { try item(kind, element) { try process(&$0, element) } }
    return true
  }
}
