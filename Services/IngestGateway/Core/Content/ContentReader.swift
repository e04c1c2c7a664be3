import Events
import JSON

/// Reads what a message says, by its type (contract, section 3).
struct ContentReader {
  let message: JSONValue
  let type: String
  /// The value around the message: its `errors` explain a message without content.
  private let value: JSONValue

  init(_ message: JSONValue, type: String, valueErrors value: JSONValue) {
    self.message = message
    self.type = type
    self.value = value
  }

  /// - Throws: `bad-content` where the part that the type promises is missing or broken. A type that is not known is no fault.
  func content() throws(ItemFault) -> MessageContent {
    switch type {
    case "text": .text(TextContent(body: try text(part(), "body")))
    case "image", "video", "audio", "voice", "document", "sticker": try media()
    case "location": try location()
    case "contacts": try contacts()
    case "interactive": try interactive()
    case "button": button(try part())
    case "order": try order()
    case "system": .system(SystemChange(try part()))
    case "request_welcome": .welcomeRequest(.init())
    case "unsupported", "unknown": unsupported(message["unsupported"]?.short("type"))
    default: unknown(type)
    }
  }

  /// The object that is named like the type.
  func part() throws(ItemFault) -> JSONValue { try message.object(type, .badContent) }

  func text(_ part: JSONValue, _ key: String) throws(ItemFault) -> Personal<String> {
    guard let text = part.personal(key) else { throw ItemFault(.badContent, "expected a text", at: part, key: key) }
    return text
  }

  func unknown(_ type: String) -> MessageContent { .unknown(UnknownContent(type: type, json: Personal(message.text()))) }

  func unsupported(_ type: String?) -> MessageContent {
    .unsupported(UnsupportedContent(type: type, errors: errors))
  }

  /// The errors of the message, or else those of the value around it.
  var errors: [ProviderError] {
    let own = message.providerErrors
    return own.isEmpty ? value.providerErrors : own
  }

  private func media() throws(ItemFault) -> MessageContent {
    // A file that the provider could not fetch itself comes with errors in its place (131052).
    guard message[type]?.kind == .object || message.providerErrors.isEmpty else { return unsupported(type) }
    let part = try part()
    guard let id = part.short("id") else {
      if !message.providerErrors.isEmpty { return unsupported(type) }
      throw ItemFault(.badContent, "expected the id of the file", at: part, key: "id")
    }
    let media = MediaContent(
      mediaId: id, mimeType: part.short("mime_type"), sha256: part.short("sha256"), caption: part.personal("caption"),
      fileName: part.shortPersonal("filename"), animated: part.bool("animated"))
    return switch type {
    case "image": .image(media)
    case "video": .video(media)
    case "document": .document(media)
    case "sticker": .sticker(media)
    case "audio": part.bool("voice") == true ? .voice(media) : .audio(media)
    default: .voice(media)
    }
  }

  private func location() throws(ItemFault) -> MessageContent {
    let part = try part()
    guard let latitude = part.number("latitude"), let longitude = part.number("longitude") else {
      throw ItemFault(.badContent, "expected latitude and longitude", at: part)
    }
    return .location(
      LocationContent(
        latitude: Personal(latitude), longitude: Personal(longitude), name: part.shortPersonal("name"),
        address: part.shortPersonal("address"), url: part.shortPersonal("url")))
  }

  private func button(_ part: JSONValue) -> MessageContent {
    .button(ReplyContent(id: part.short("payload"), title: part.shortPersonal("text")))
  }

  private func order() throws(ItemFault) -> MessageContent {
    let part = try part()
    let items = part["product_items"]?.elements.compactMap { item -> OrderItem? in
      guard let product = item.short("product_retailer_id") else { return nil }
      return OrderItem(
        productId: product, quantity: item.integer("quantity"), price: item.number("item_price"), currency: item.short("currency"))
    }
    return .order(OrderContent(catalogId: part.short("catalog_id"), text: part.personal("text"), items: items ?? []))
  }
}

extension SystemChange {
  fileprivate init(_ part: JSONValue) {
    func phone(_ key: String) -> Personal<String>? { part.short(key).flatMap(PhoneNumber.normalise).map(Personal.init) }
    self.init(
      change: part.short("type") ?? "", body: part.personal("body"), newPhone: phone("wa_id") ?? phone("new_wa_id"),
      newUserId: part.shortPersonal("user_id"), newParentUserId: part.shortPersonal("parent_user_id"),
      previousUserId: part.shortPersonal("previous_user_id"), previousParentUserId: part.shortPersonal("previous_parent_user_id"))
  }
}
