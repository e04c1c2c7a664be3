import Events
import JSON

extension BodyWork {
  mutating func take(
    message: JSONValue, of change: Change, origin: MessageSource.Origin, thread: String? = nil
  ) throws -> ItemCounts.Fate {
    guard message.kind == .object else { throw ItemFault.wrongType(message, expected: "an object") }
    let id = try message.text("id", .missingId)
    let type = message.short("type") ?? ""
    let role = MessageRole(type: type)
    let key = ItemKey.message(role, id: id)
    if try known(key) != nil { return .duplicate }

    let time = try ProviderTime("timestamp", of: message, receivedAt: body.receivedAt)
    let channel = try change.channel(for: message)
    let part = try MessagePart(message, type: type, role: role, change: change)
    let (contact, customer, conflicts) = try identify(message, of: change, origin: origin, thread: thread, at: time.at)
    let source = MessageSource(
      providerId: ProviderMessageId(id), contact: contact, channel: channel, origin: origin, sentAt: time.at, person: customer.person,
      groupId: message.short("group_id"), conflicts: conflicts.isEmpty ? nil : conflicts)
    let actor: Actor = origin == .customer || origin == .historyIn ? .customer : .provider
    messages.append(
      KeyedRecord(
        key: contact.text, envelope: envelope(key.record, time.at, actor, part.record(from: source)), item: key))
    newItems[key] = KnownItem(contact: contact)
    return .stored
  }

  /// System messages speak of the customer's names. They are heard before all others, since a message in front of one may come from the
  /// new number already (trap 6). Broken ones get their fate later, in their place.
  mutating func learnSystemMessages(_ change: Change) throws {
    guard change.field == FieldName.messages, let messages = change.value["messages"] else { return }
    for message in messages.elements where message["type"]?.string == "system" {
      guard message["system"]?.kind == .object,
        let time = ProviderTime(message["timestamp"], receivedAt: body.receivedAt)
      else { continue }
      do {
        _ = try identify(message, of: change, origin: .customer, thread: nil, at: time.at)
      } catch is ItemFault {
        continue
      }
    }
  }

  private mutating func identify(
    _ message: JSONValue, of change: Change, origin: MessageSource.Origin, thread: String?, at: Timestamp
  ) throws -> (ContactId, Customer, conflicts: [ContactId]) {
    var customer = Customer(of: message, profiles: change.profiles, origin: origin, thread: thread)
    let system = message["type"]?.string == "system" ? message["system"] : nil
    if let system { customer.add(change: system) }
    guard let (contact, conflicts) = try resolve(customer, at: at) else {
      throw ItemFault(.missingContact, "nothing says whose message it is", at: message, key: "from")
    }
    return (contact, customer, conflicts)
  }
}

extension MessageRole {
  init(type: String) {
    switch type {
    case "reaction": self = .reaction
    case "edit": self = .edit
    case "revoke": self = .revoke
    default: self = .message
    }
  }
}

extension Customer {
  fileprivate init(of message: JSONValue, profiles: Profiles, origin: MessageSource.Origin, thread: String?) {
    let side = origin == .echo || origin == .historyOut ? "to" : "from"
    let address = thread ?? message.short(side)
    let userId = message.short("\(side)_user_id")
    self.init(
      address: address, userId: userId, parentUserId: message.short("\(side)_parent_user_id"),
      profile: profiles.profile(address: address, userId: userId))
  }

  /// The names before and after a change; the ones before come first, for by them the customer is known.
  fileprivate mutating func add(change system: JSONValue) {
    add(.userId(system.short("previous_user_id")))
    add(.parentUserId(system.short("previous_parent_user_id")))
    add(.phone(system.short("wa_id") ?? system.short("new_wa_id")))
    add(.userId(system.short("user_id")))
    add(.parentUserId(system.short("parent_user_id")))
  }
}
