import Events
import JSON

extension BodyWork {
  mutating func take(status: JSONValue, of change: Change) throws -> ItemCounts.Fate {
    guard status.kind == .object else { throw ItemFault.wrongType(status, expected: "an object") }
    let id = try status.text("id", .missingId)
    let value = try status.text("status", .missingStatus)
    let time = try ProviderTime("timestamp", of: status, receivedAt: body.receivedAt)
    let participant = status.short("recipient_participant_id") ?? status.short("recipient_participant_user_id")
    let key = ItemKey.status(id: id, status: value, time: time.text, participant: participant)
    if try known(key) != nil { return .duplicate }

    let channel = try change.channel(for: status)
    let contact = try identify(status, id: id, participant: participant, of: change, at: time.at)
    let reported = DeliveryReported(
      providerId: ProviderMessageId(id), contact: contact, channel: channel, status: MessageStatus(rawValue: value) ?? .other, at: time.at,
      errors: status.providerErrors, pricing: status["pricing"].flatMap(Pricing.init),
      callbackData: status.short("biz_opaque_callback_data"),
      groupParticipant: participant.map(Personal.init))
    deliveries.append(
      KeyedRecord(key: contact.text, envelope: envelope(key.record, time.at, .provider, DeliveryRecord.reported(reported)), item: key))
    newItems[key] = KnownItem(contact: contact)
    return .stored
  }

  /// A status belongs to the contact of its message: as our own callback data says, else as the message is remembered (an echo), else the
  /// recipient's.
  private mutating func identify(
    _ status: JSONValue, id: String, participant: String?, of change: Change, at: Timestamp
  ) throws -> ContactId {
    let remembered = try CallbackData(status.short("biz_opaque_callback_data"))?.contact ?? known(.message(.message, id: id))?.contact
    // The recipient of a message to a group is the group, which is no customer.
    let address = status.short("recipient_type") == "group" ? participant : status.short("recipient_id")
    let userId = status.short("recipient_user_id")
    let customer = Customer(
      address: address, userId: userId, parentUserId: status.short("recipient_parent_user_id"),
      profile: change.profiles.profile(address: address, userId: userId))
    guard let (contact, _) = try resolve(customer, preferring: remembered, at: at) else {
      throw ItemFault(.missingContact, "nothing says to whom the message went", at: status, key: "recipient_id")
    }
    return contact
  }
}

extension Pricing {
  fileprivate init?(_ value: JSONValue) {
    guard value.kind == .object else { return nil }
    self.init(
      billable: value.bool("billable"), model: value.short("pricing_model"), type: value.short("type"), category: value.short("category"))
  }
}
