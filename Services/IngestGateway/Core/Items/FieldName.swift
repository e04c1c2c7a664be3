/// The names of webhook fields (contract, section 2) by what we do with them. A field that is not named here is kept and counted.
enum FieldName {
  static let messages = "messages"
  static let echoes: Set = ["smb_message_echoes", "message_echoes"]
  static let history = "history"
  static let preferences = "user_preferences"
  static let templates: Set = [
    "message_template_status_update", "message_template_quality_update", "message_template_components_update",
    "template_category_update",
  ]
  static let numbers: Set = ["phone_number_name_update", "phone_number_quality_update", "security"]
  static let accounts: Set = [
    "account_update", "account_alerts", "account_review_update", "account_settings_update", "business_capability_update",
    "partner_solutions", "payment_configuration_update",
  ]
  /// The name under which ``Normaliser`` keeps `value.errors`, beside the name of the field.
  static let errors = "errors"

  static let maxCountedBytes = 64

  /// A name for counting; names that cannot be the provider's are counted as one.
  static func counted(_ field: String) -> String { field.utf8.count <= maxCountedBytes ? field : "(too long)" }
}
