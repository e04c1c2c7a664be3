import Events
import GRDB

/// A contact as the API shows it.
struct ContactJSON: Encodable, Sendable {
  let id: String
  @OrNull var name: String?
  @OrNull var phone: String?
  @OrNull var userId: String?
  @OrNull var username: String?
  let createdAt: Timestamp

  static func find(_ id: String, _ db: Database) throws -> ContactJSON? {
    let statement = try db.cachedStatement(
      sql: "SELECT id, name, phone, user_id, username, created_at FROM contacts WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id]).map { row in
      ContactJSON(
        id: row[0], name: row[1], phone: row[2], userId: row[3], username: row[4], createdAt: Timestamp(milliseconds: row[5]))
    }
  }
}
