import Events
import JSON

extension ContentReader {
  /// Address book cards; any part of a card may be missing.
  func contacts() throws(ItemFault) -> MessageContent {
    guard let cards = message["contacts"], cards.kind == .array else {
      throw ItemFault(.badContent, "expected an array", at: message, key: "contacts")
    }
    return .contacts(ContactCards(cards: cards.elements.prefix(JSONValue.maxListEntries).filter { $0.kind == .object }.map(card)))
  }

  private func card(_ card: JSONValue) -> ContactCard {
    let name = card["name"]
    let emails = card["emails"]?.elements.compactMap { $0.shortPersonal("email") }
    return ContactCard(
      name: name?.shortPersonal("formatted_name") ?? name?.shortPersonal("first_name"),
      phones: card["phones"]?.elements.compactMap(phone) ?? [],
      emails: emails ?? [], organisation: card["org"]?.shortPersonal("company"), origin: card.short("origin"))
  }

  private func phone(_ phone: JSONValue) -> ContactCard.Phone? {
    guard let number = phone.short("phone") ?? phone.short("wa_id") else { return nil }
    return ContactCard.Phone(number: Personal(number), whatsAppId: phone.shortPersonal("wa_id"))
  }
}
