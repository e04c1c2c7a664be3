import Events
import Foundation
import GRDB
import JSON
import Views

/// The one result of a command, and where it stands.
struct CommandResult: Sendable {
  let refusal: Refusal?
  /// From here on a view shows what the command has led to.
  let position: PositionVector

  /// `nil`: the command has none yet, or not in this view.
  static func find(_ command: CommandId, of contact: ContactId, _ db: Database) throws -> CommandResult? {
    let statement = try db.cachedStatement(
      sql: "SELECT partition, position, refusal FROM commands WHERE command = ? AND contact = ?")
    guard let row = try Row.fetchOne(statement, arguments: [command.text, contact.text]) else { return nil }
    let refusal = row[2] as Data?
    return CommandResult(
      refusal: try refusal.map { try JSONReader.decode(from: [UInt8]($0)) }, position: PositionVector([row[0]: row[1] + 1]))
  }
}
