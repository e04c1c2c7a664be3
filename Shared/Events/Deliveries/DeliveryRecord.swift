/// The records of `deliveries`.
public enum DeliveryRecord: RecordBody {
  case reported(DeliveryReported)

  public static let types: [PayloadType<DeliveryRecord>] = [
    PayloadType("delivery.reported", DeliveryRecord.reported)
  ]

  public var type: TypeName { TypeName("delivery.reported") }

  public var payload: any Encodable & Sendable {
    switch self {
    case .reported(let payload): payload
    }
  }
}

/// A status of a message that the business sent (contract, section 4).
public struct DeliveryReported: Codable, Hashable, Sendable {
  public let providerId: ProviderMessageId
  public let contact: ContactId
  public let channel: ChannelReference
  public let status: MessageStatus
  /// The provider's time of the status.
  public let at: Timestamp
  public let errors: [ProviderError]
  public let pricing: Pricing?
  /// `biz_opaque_callback_data`: our own ids, come back.
  public let callbackData: String?
  public let groupParticipant: Personal<String>?

  public init(
    providerId: ProviderMessageId, contact: ContactId, channel: ChannelReference, status: MessageStatus, at: Timestamp,
    errors: [ProviderError], pricing: Pricing? = nil, callbackData: String? = nil, groupParticipant: Personal<String>? = nil
  ) {
    self.providerId = providerId
    self.contact = contact
    self.channel = channel
    self.status = status
    self.at = at
    self.errors = errors
    self.pricing = pricing
    self.callbackData = callbackData
    self.groupParticipant = groupParticipant
  }
}

public struct Pricing: Codable, Hashable, Sendable {
  public let billable: Bool?
  public let model: String?
  public let type: String?
  public let category: String?

  public init(billable: Bool? = nil, model: String? = nil, type: String? = nil, category: String? = nil) {
    self.billable = billable
    self.model = model
    self.type = type
    self.category = category
  }
}
