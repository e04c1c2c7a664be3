import Events
import JSON

/// One element of `changes`: what its items have in common.
struct Change {
  let businessAccount: String?
  let time: JSONValue?
  let field: String
  let value: JSONValue
  let channel: ChannelReference?
  let profiles: Profiles

  init(businessAccount: String?, time: JSONValue?, field: String, value: JSONValue) {
    self.businessAccount = businessAccount
    self.time = time
    self.field = field
    self.value = value
    let metadata = value["metadata"]
    channel = metadata?.short("phone_number_id").map {
      ChannelReference(
        id: ChannelId($0), displayNumber: metadata?.short("display_phone_number"),
        businessAccount: businessAccount.map(BusinessAccountId.init))
    }
    profiles = Profiles(value)
  }

  func channel(for item: JSONValue) throws(ItemFault) -> ChannelReference {
    guard let channel else {
      throw ItemFault(.missingChannel, "the value does not name the business number", at: value, key: "metadata.phone_number_id")
    }
    return channel
  }

  /// The value as JSON text, beside where it came from.
  func fieldValue(_ json: String, field: String? = nil) -> FieldValue {
    FieldValue(
      businessAccount: businessAccount.map(BusinessAccountId.init), channel: channel?.id, field: field ?? self.field, json: Personal(json))
  }
}
