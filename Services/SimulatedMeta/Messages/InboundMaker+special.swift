extension InboundMaker {
  mutating func special(_ kind: ItemKind, _ scene: Scene) -> MessageContent {
    switch kind {
    case .location:
      let latitude = "\(random.within(-55...65)).\(random.within(1_000...9_999))"
      let longitude = "\(random.within(-170...170)).\(random.within(1_000...9_999))"
      return MessageContent(
        "location",
        ["latitude": .number(latitude), "longitude": .number(longitude), "name": "Café Überall", "address": "Ringstraße 1/2"])
    case .contacts: return contacts(scene)
    case .order:
      let product: JSON = [
        "product_retailer_id": "lamp-\(random.below(50))", "quantity": .number("\(random.within(1...4))"), "item_price": 25,
        "currency": "EUR",
      ]
      return MessageContent("order", ["catalog_id": "660000000000001", "text": "", "product_items": [product]])
    case .unsupported:
      let kind = random.pick(["edit", "poll_creation", "gif", "pin", "link_preview"])
      let error: JSON = [
        "code": 131051, "title": "Message type unknown", "message": "Message type unknown",
        "error_data": ["details": "Message type is currently not supported."],
      ]
      return MessageContent("unsupported", [("errors", [error]), ("unsupported", ["type": .string(kind)])])
    case .future: return MessageContent("hologram", ["anything": true, "colour": "blåbær"])
    default: return MessageContent("request_welcome", [])
    }
  }

  private mutating func contacts(_ scene: Scene) -> MessageContent {
    let friend = Customer(index: scene.customer.index + 500)
    let phone = "15550199\(random.within(100...999))"
    let card: JSON = [
      "name": ["formatted_name": .string(friend.name)], "phones": [["phone": "+\(phone)", "wa_id": .string(phone), "type": "CELL"]],
      "origin": "other",
    ]
    return MessageContent("contacts", [card])
  }

  /// The customer moves to a new number; the user id changes with it (contract, section 12).
  mutating func numberChange(from old: Customer, to new: Customer, _ scene: Scene) -> Item {
    let id = wamids.next(digits: old.digits, isFromBusiness: false)
    let isPhoneKnown = old.phone != nil
    let system: JSON = .object(compacting: [
      ("body", .string("User \(old.name) changed from \(old.digits) to \(new.digits)")),
      ("type", .string(isPhoneKnown ? "user_changed_number" : "user_changed_user_id")), ("wa_id", new.phone.map(JSON.string)),
      ("user_id", new.userID.map(JSON.string)), ("previous_user_id", old.userID.map(JSON.string)),
    ])
    let json: JSON = .object(compacting: [
      ("from", old.phone.map(JSON.string)), ("from_user_id", old.userID.map(JSON.string)), ("id", .string(id)),
      ("timestamp", "\(scene.seconds)"), ("system", system), ("type", "system"),
    ])
    return Item(
      category: .messages, id: id, kind: .numberChange, providerID: id, customer: old.index, number: scene.number, text: nil, status: nil,
      target: nil, field: "messages", list: "messages", json: json, contact: nil)
  }
}
