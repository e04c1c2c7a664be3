import Events
import GRDB
import IngestGatewayCore

/// What earlier bodies have left, as the normaliser asks for it: first what is not folded yet, then the view.
struct ViewMemory: IngestMemory {
  let db: Database
  let overlay: MemoryOverlay

  func contact(of alias: AliasKey) throws -> ContactId? {
    if let contact = overlay.aliases[alias] { return contact }
    let statement = try db.cachedStatement(sql: "SELECT contact FROM aliases WHERE alias = ?")
    return try String.fetchOne(statement, arguments: [alias.data]).map { ContactId($0) }
  }

  func item(_ key: ItemKey) throws -> KnownItem? {
    if let item = overlay.items[key] { return item }
    let statement = try db.cachedStatement(sql: "SELECT contact FROM seen WHERE item = ?")
    return try Row.fetchOne(statement, arguments: [key.data]).map { KnownItem(contact: ($0[0] as String?).map { ContactId($0) }) }
  }
}
