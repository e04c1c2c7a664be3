import GRDB
import Views

/// Inserts the rows of one view into an empty one with the same tables, indexes and settings: one prepared statement for each table, as
/// many transactions as the fold had.
struct InsertLoop<F: Fold> {
  private struct Table {
    let name: String
    let columns: Int
    let rows: [StatementArguments]
  }

  private let target: View<F>
  private let tables: [Table]
  private let transactions: Int

  init(from source: View<F>, to target: View<F>, transactions: Int) throws {
    self.target = target
    self.transactions = transactions
    let tables = try source.database.pool.read { db in
      let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'view_%' AND name NOT LIKE 'sqlite_%'"
      return try String.fetchAll(db, sql: sql).map { try Self.table($0, db) }
    }
    self.tables = tables
    // What a fold's tables begin with.
    try target.database.pool.write { db in
      for table in tables { try db.execute(sql: "DELETE FROM \(table.name)") }
    }
  }

  var rowCount: Int { tables.reduce(0) { $0 + $1.rows.count } }

  func run() throws {
    for number in 0..<transactions {
      try target.database.pool.write { db in
        for table in tables {
          let statement = try db.cachedStatement(
            sql: "INSERT INTO \(table.name) VALUES (\(Array(repeating: "?", count: table.columns).joined(separator: ",")))")
          let share = table.rows.count * number / transactions..<table.rows.count * (number + 1) / transactions
          for row in table.rows[share] { try statement.execute(arguments: row) }
        }
      }
    }
  }

  /// In the order in which the rows came; where the table does not know it, its keys are hashes, which come in any order.
  private static func table(_ name: String, _ db: Database) throws -> Table {
    let columns = try db.columns(in: name)
    let hasRowId = columns.contains { $0.name == "row" || $0.name == "seq" }
    let rows = try Row.fetchAll(db, sql: "SELECT * FROM \(name) ORDER BY \(hasRowId ? columns[0].name : "random()")")
    return Table(name: name, columns: columns.count, rows: rows.map { StatementArguments($0.databaseValues) })
  }
}
