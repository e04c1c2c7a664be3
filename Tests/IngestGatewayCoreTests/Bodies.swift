/// Webhook bodies in the provider's shapes; people and numbers are invented.
enum Bodies {
  static let channel = #""metadata":{"display_phone_number":"15550009999","phone_number_id":"700100"}"#

  static func body(_ entries: String...) -> String {
    #"{"object":"whatsapp_business_account","entry":[\#(entries.joined(separator: ","))]}"#
  }

  static func entry(_ changes: String..., account: String = "900100") -> String {
    #"{"id":"\#(account)","time":1795210000,"changes":[\#(changes.joined(separator: ","))]}"#
  }

  static func change(_ value: String, field: String = "messages") -> String { #"{"field":"\#(field)","value":{\#(value)}}"# }

  /// A body with one value of the field `messages`.
  static func value(_ parts: String...) -> String { body(entry(change(([channel] + parts).joined(separator: ",")))) }

  static func messages(_ messages: String..., contacts: String = "") -> String {
    value(#""contacts":[\#(contacts)],"messages":[\#(messages.joined(separator: ","))]"#)
  }

  static func statuses(_ statuses: String...) -> String { value(#""statuses":[\#(statuses.joined(separator: ","))]"#) }

  static func field(_ name: String, _ value: String) -> String { body(entry(change(value, field: name))) }

  static func message(
    _ id: String, from: String? = "491710000001", userId: String? = nil, at: String = #""1795210000""#, _ content: String = text("hello")
  ) -> String {
    var parts = [#""id":"\#(id)""#, #""timestamp":\#(at)"#]
    if let from { parts.append(#""from":"\#(from)""#) }
    if let userId { parts.append(#""from_user_id":"\#(userId)""#) }
    return "{\(parts.joined(separator: ",")),\(content)}"
  }

  static func text(_ text: String) -> String { #""type":"text","text":{"body":"\#(text)"}"# }

  static func contact(_ phone: String?, userId: String? = nil, parent: String? = nil, name: String = "Ada Test") -> String {
    var parts = [#""profile":{"name":"\#(name)","username":"ada"}"#]
    if let phone { parts.append(#""wa_id":"\#(phone)""#) }
    if let userId { parts.append(#""user_id":"\#(userId)""#) }
    if let parent { parts.append(#""parent_user_id":"\#(parent)""#) }
    return "{\(parts.joined(separator: ","))}"
  }

  static func status(
    _ id: String, _ status: String = "delivered", at: String = "1795210001", recipient: String? = "491710000001", more: String = ""
  ) -> String {
    let to = recipient.map { #","recipient_id":"\#($0)""# } ?? ""
    return #"{"id":"\#(id)","status":"\#(status)","timestamp":"\#(at)"\#(to)\#(more.isEmpty ? "" : ","+more)}"#
  }

  static func numberChanged(_ id: String, from old: String, to new: String) -> String {
    message(id, from: old, #""type":"system","system":{"type":"user_changed_number","body":"changed","wa_id":"\#(new)"}"#)
  }
}
