import Events
import JSON

extension BodyWork {
  /// A change of any field but those of messages.
  mutating func take(other change: Change) throws -> ItemCounts.Fate {
    try store(change, change.value, as: change.field) { work, value, at in
      let json = change.value
      if FieldName.templates.contains(change.field) { return [.templateChanged(TemplateChanged(value, json))] }
      if FieldName.numbers.contains(change.field) { return [.numberChanged(NumberChanged(value, json))] }
      if FieldName.accounts.contains(change.field) { return [.accountChanged(AccountChanged(value, json))] }
      if change.field == FieldName.preferences { return try work.preferences(change, value, at: at) }
      work.countUnknown(field: change.field)
      return [.fieldReceived(FieldReceived(value: value))]
    }
  }

  /// `value.errors`: the provider reports trouble with the number as a whole, such as its rate.
  mutating func take(errors: JSONValue, of change: Change) throws -> ItemCounts.Fate {
    guard errors.kind == .array else { throw ItemFault.wrongType(errors, expected: "an array") }
    return try store(change, errors, as: "\(change.field).\(FieldName.errors)") { _, value, _ in
      let code = change.value.providerErrors.first.map { "\($0.code)" }
      return [.numberChanged(NumberChanged(value: value, displayNumber: change.channel?.displayNumber, event: code))]
    }
  }

  /// A part of the history that brings no messages.
  mutating func take(chunk: JSONValue, of change: Change) throws -> ItemCounts.Fate {
    guard chunk.kind == .object else { throw ItemFault.wrongType(chunk, expected: "an object") }
    return try store(change, chunk, as: change.field) { _, value, _ in
      [.accountChanged(AccountChanged(value: value, event: chunk.providerErrors.first.map { "\($0.code)" }))]
    }
  }

  private mutating func store(
    _ change: Change, _ json: JSONValue, as field: String,
    _ records: (inout Self, FieldValue, Timestamp) throws -> [ChannelRecord]
  ) throws -> ItemCounts.Fate {
    let bytes = json.bytes()
    let time = ProviderTime(change.time, receivedAt: body.receivedAt)
    let key = ItemKey.change(account: change.businessAccount, time: time?.text, field: field, value: bytes)
    if try known(key) != nil { return .duplicate }
    let at = time?.at ?? body.receivedAt
    let value = change.fieldValue(String(decoding: bytes, as: UTF8.self), field: field)
    for (index, record) in try records(&self, value, at).enumerated() {
      let id = index == 0 ? key.record : RecordId(DerivedId.uuid("change", key.hex, "\(index)"))
      channelEvents.append(
        KeyedRecord(
          key: change.channel?.id.text ?? change.businessAccount ?? body.app, envelope: envelope(id, at, .provider, record), item: key))
    }
    newItems[key] = KnownItem(contact: nil)
    return .stored
  }

  /// One record for each customer; those that name nobody stay in the value of the others.
  private mutating func preferences(_ change: Change, _ value: FieldValue, at: Timestamp) throws -> [ChannelRecord] {
    guard let list = try change.value.list(FieldName.preferences) else {
      throw ItemFault(.missingField, "expected an array", at: change.value, key: FieldName.preferences)
    }
    var records: [ChannelRecord] = []
    for preference in list where preference.kind == .object && records.count < Self.maxPreferences {
      let address = preference.short("wa_id")
      let userId = preference.short("user_id")
      let customer = Customer(
        address: address, userId: userId, parentUserId: preference.short("parent_user_id"),
        profile: change.profiles.profile(address: address, userId: userId))
      let told = ProviderTime(preference["timestamp"], receivedAt: body.receivedAt)?.at
      guard let (contact, _) = try resolve(customer, at: told ?? at) else { continue }
      // The value is kept once; the others of a list would repeat it.
      let value = records.isEmpty ? value : change.fieldValue(preference.text())
      records.append(
        .preferenceChanged(
          PreferenceChanged(
            value: value, contact: contact, category: preference.short("category"), preference: preference.short("value"), at: told)))
    }
    guard !records.isEmpty else {
      throw ItemFault(.missingContact, "nothing says whose preference it is", at: change.value, key: FieldName.preferences)
    }
    return records
  }

  private static var maxPreferences: Int { 1_000 }
}

extension TemplateChanged {
  fileprivate init(_ value: FieldValue, _ json: JSONValue) {
    self.init(
      value: value, templateId: json.short("message_template_id"), name: json.short("message_template_name"),
      language: json.short("message_template_language"),
      event: json.short("event") ?? json.short("new_quality_score") ?? json.short("new_category"), reason: json.short("reason"))
  }
}

extension NumberChanged {
  fileprivate init(_ value: FieldValue, _ json: JSONValue) {
    self.init(
      value: value, displayNumber: json.short("display_phone_number"), event: json.short("event") ?? json.short("decision"),
      limit: json.short("current_limit") ?? json.short("max_daily_conversations_per_business"))
  }
}

extension AccountChanged {
  fileprivate init(_ value: FieldValue, _ json: JSONValue) {
    self.init(
      value: value,
      event: json.short("event") ?? json.short("decision") ?? json["alert_info"]?.short("alert_type") ?? json.short("alert_type"))
  }
}
