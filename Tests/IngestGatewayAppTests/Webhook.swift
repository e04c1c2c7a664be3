/// Bodies in the provider's shape; people and numbers are invented.
enum Webhook {
  static func messages(_ ids: String..., from: String = "491710000001") -> String {
    let messages = ids.map {
      #"{"id":"\#($0)","from":"\#(from)","timestamp":"1795210000","type":"text","text":{"body":"hello"}}"#
    }
    return body(#""messages":[\#(messages.joined(separator: ","))]"#)
  }

  static func status(_ id: String) -> String {
    body(#""statuses":[{"id":"\#(id)","status":"read","timestamp":"1795210001","recipient_id":"491710000001"}]"#)
  }

  static func body(_ items: String) -> String {
    let metadata = #""metadata":{"display_phone_number":"15550009999","phone_number_id":"700100"}"#
    return
      #"{"object":"whatsapp_business_account","entry":[{"id":"900100","changes":[{"field":"messages","value":{\#(metadata),\#(items)}}]}]}"#
  }
}
