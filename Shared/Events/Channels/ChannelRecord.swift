/// The records of `channel.events`. Each keeps the provider's value as it came, beside what is read from it.
public enum ChannelRecord: RecordBody {
  case templateChanged(TemplateChanged)
  case numberChanged(NumberChanged)
  case accountChanged(AccountChanged)
  case preferenceChanged(PreferenceChanged)
  /// A field that is only kept and counted by name.
  case fieldReceived(FieldReceived)

  public static let types: [PayloadType<ChannelRecord>] = [
    PayloadType("template.changed", ChannelRecord.templateChanged),
    PayloadType("number.changed", ChannelRecord.numberChanged),
    PayloadType("account.changed", ChannelRecord.accountChanged),
    PayloadType("preference.changed", ChannelRecord.preferenceChanged),
    PayloadType("field.received", ChannelRecord.fieldReceived),
  ]

  public var type: TypeName {
    switch self {
    case .templateChanged: TypeName("template.changed")
    case .numberChanged: TypeName("number.changed")
    case .accountChanged: TypeName("account.changed")
    case .preferenceChanged: TypeName("preference.changed")
    case .fieldReceived: TypeName("field.received")
    }
  }

  public var payload: any Encodable & Sendable {
    switch self {
    case .templateChanged(let payload): payload
    case .numberChanged(let payload): payload
    case .accountChanged(let payload): payload
    case .preferenceChanged(let payload): payload
    case .fieldReceived(let payload): payload
    }
  }
}

/// The field of a webhook and its value, as they came.
public struct FieldValue: Codable, Hashable, Sendable {
  public let businessAccount: BusinessAccountId?
  public let channel: ChannelId?
  public let field: String
  /// `value` as JSON text; it may hold personal data.
  public let json: Personal<String>

  public init(businessAccount: BusinessAccountId? = nil, channel: ChannelId? = nil, field: String, json: Personal<String>) {
    self.businessAccount = businessAccount
    self.channel = channel
    self.field = field
    self.json = json
  }
}

/// Status, quality, category or components of a template (contract, section 8).
public struct TemplateChanged: Codable, Hashable, Sendable {
  public let value: FieldValue
  public let templateId: String?
  public let name: String?
  public let language: String?
  /// `APPROVED`, `PAUSED`, a new quality or a new category, by `value.field`.
  public let event: String?
  public let reason: String?

  public init(
    value: FieldValue, templateId: String? = nil, name: String? = nil, language: String? = nil, event: String? = nil,
    reason: String? = nil
  ) {
    self.value = value
    self.templateId = templateId
    self.name = name
    self.language = language
    self.event = event
    self.reason = reason
  }
}

/// Name, quality or limit of a business number.
public struct NumberChanged: Codable, Hashable, Sendable {
  public let value: FieldValue
  public let displayNumber: String?
  public let event: String?
  public let limit: String?

  public init(value: FieldValue, displayNumber: String? = nil, event: String? = nil, limit: String? = nil) {
    self.value = value
    self.displayNumber = displayNumber
    self.event = event
    self.limit = limit
  }
}

/// Alerts, reviews, restrictions, settings of a business account.
public struct AccountChanged: Codable, Hashable, Sendable {
  public let value: FieldValue
  public let event: String?

  public init(value: FieldValue, event: String? = nil) {
    self.value = value
    self.event = event
  }
}

/// A customer stopped or resumed a kind of message (`user_preferences`).
public struct PreferenceChanged: Codable, Hashable, Sendable {
  public let value: FieldValue
  public let contact: ContactId
  public let category: String?
  /// `stop` or `resume`.
  public let preference: String?
  public let at: Timestamp?

  public init(value: FieldValue, contact: ContactId, category: String? = nil, preference: String? = nil, at: Timestamp? = nil) {
    self.value = value
    self.contact = contact
    self.category = category
    self.preference = preference
    self.at = at
  }
}

public struct FieldReceived: Codable, Hashable, Sendable {
  public let value: FieldValue

  public init(value: FieldValue) {
    self.value = value
  }
}
