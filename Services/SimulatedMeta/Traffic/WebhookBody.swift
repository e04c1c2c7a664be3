/// One POST of the simulated Meta.
public struct WebhookBody: Sendable {
  public let bytes: [UInt8]
  public let items: [Item]
  /// Everybody whose order depends on this body.
  public let customers: Set<Int>

  /// Neighbours of the same account, number and field share an entry, a change and a value, as Meta's batches do; the order stays.
  init(items: [Item], seconds: Int) {
    self.items = items
    customers = Set(items.compactMap(\.customer))
    var entries: [(account: String, changes: [Change])] = []
    for item in items {
      let account = BusinessNumber.all[item.number].account
      if entries.last?.account != account { entries.append((account, [])) }
      let last = entries.count - 1
      if entries[last].changes.last?.accepts(item) != true { entries[last].changes.append(Change(item)) }
      entries[last].changes[entries[last].changes.count - 1].add(item)
    }
    let json: JSON = [
      "object": "whatsapp_business_account",
      "entry": .array(
        entries.map { entry in
          ["id": .string(entry.account), "time": .number(String(seconds)), "changes": .array(entry.changes.map(\.json))]
        }),
    ]
    bytes = json.encoded
  }

  private struct Change {
    let field: String
    let number: Int
    var whole: JSON?
    var contacts: [(encoded: [UInt8], json: JSON)] = []
    var lists: [(name: String, items: [JSON])] = []

    init(_ item: Item) {
      field = item.field
      number = item.number
    }

    func accepts(_ item: Item) -> Bool { item.category != .changes && whole == nil && field == item.field && number == item.number }

    mutating func add(_ item: Item) {
      guard item.category != .changes else {
        whole = item.json
        return
      }
      if let contact = item.contact {
        let encoded = contact.encoded
        if !contacts.contains(where: { $0.encoded == encoded }) { contacts.append((encoded, contact)) }
      }
      if let index = lists.firstIndex(where: { $0.name == item.list }) {
        lists[index].items.append(item.json)
      } else {
        lists.append((item.list, [item.json]))
      }
    }

    var json: JSON { ["value": whole ?? value, "field": .string(field)] }

    private var value: JSON {
      var members: [(String, JSON)] = [("messaging_product", "whatsapp"), ("metadata", BusinessNumber.all[number].metadata)]
      if !contacts.isEmpty { members.append(("contacts", .array(contacts.map(\.json)))) }
      for list in lists { members.append((list.name, .array(list.items))) }
      return .object(members)
    }
  }
}
