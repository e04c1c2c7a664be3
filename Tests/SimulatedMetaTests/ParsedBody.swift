import Foundation

/// A webhook body read by other code than the code that wrote it.
struct ParsedBody {
  struct Item {
    let id: String
    let category: String
    let number: String
    let customer: String
    let status: String?
    let text: String?
    let type: String
    let target: String?
  }

  struct WrongShape: Error {}

  private(set) var items: [Item] = []
  private(set) var numbers: Set<String> = []

  init(_ bytes: [UInt8]) throws {
    guard let root = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], let entries = root["entry"] as? [[String: Any]]
    else { throw WrongShape() }
    for entry in entries {
      guard let changes = entry["changes"] as? [[String: Any]] else { throw WrongShape() }
      for change in changes { try add(change) }
    }
  }

  private mutating func add(_ change: [String: Any]) throws {
    guard let field = change["field"] as? String, let value = change["value"] as? [String: Any] else { throw WrongShape() }
    let number = (value["metadata"] as? [String: Any])?["phone_number_id"] as? String ?? "none"
    numbers.insert(number)
    guard field == "messages" || field == "smb_message_echoes" else {
      items.append(
        Item(id: "change", category: "changes", number: number, customer: "", status: nil, text: nil, type: field, target: nil))
      return
    }
    for list in ["messages", "message_echoes", "statuses"] {
      for element in value[list] as? [[String: Any]] ?? [] { items.append(try Self.item(element, list, number)) }
    }
  }

  private static func item(_ element: [String: Any], _ list: String, _ number: String) throws -> Item {
    guard let id = element["id"] as? String else { throw WrongShape() }
    let status = element["status"] as? String
    let customer = (element["from_user_id"] ?? element["to_user_id"] ?? (list == "messages" ? element["from"] : element["to"])) as? String
    let change = (element["edit"] ?? element["revoke"]) as? [String: Any]
    return Item(
      id: status.map { "\(id)#\($0)" } ?? id, category: list == "statuses" ? "statuses" : "messages", number: number,
      customer: customer ?? "", status: status, text: (element["text"] as? [String: Any])?["body"] as? String,
      type: element["type"] as? String ?? "status", target: change?["original_message_id"] as? String)
  }
}
