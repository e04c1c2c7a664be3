import Crypto
import EventLog
import Foundation
import GRDB

/// What a view holds, as one number: equal for equal rows, however the partitions were interleaved.
public struct Digest: Hashable, Sendable {
  public let hex: String
  public let rows: Int
  /// Where the view stood.
  public let positions: [TopicPartition: Int64]

  static func of(_ fold: some Fold, _ db: Database) throws -> Digest {
    var hash = SHA256()
    var rows = 0
    for query in fold.digestQueries {
      let cursor = try Row.fetchCursor(db, sql: query)
      while let row = try cursor.next() {
        rows += 1
        for value in row.databaseValues { hash.update(value) }
      }
      hash.update(data: [0xff])
    }
    let hex = hash.finalize().map { String($0, radix: 16).leftPadded(2) }.joined()
    return Digest(hex: hex, rows: rows, positions: try ViewDatabase.positions(db))
  }
}

extension SHA256 {
  fileprivate mutating func update(_ value: DatabaseValue) {
    switch value.storage {
    case .null: update(data: [0])
    case .int64(let number): update(data: [1] + Array("\(number)".utf8) + [0])
    case .double(let number): update(data: [2] + Array("\(number)".utf8) + [0])
    case .string(let text): update(data: [3] + Array("\(text.utf8.count):".utf8) + Array(text.utf8))
    case .blob(let data): update(data: [4] + Array("\(data.count):".utf8) + Array(data))
    }
  }
}

extension String {
  fileprivate func leftPadded(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}

extension View {
  /// The digest and the positions to which it belongs, read in one snapshot.
  public func digest() throws -> Digest { try database.pool.read { try Digest.of(fold, $0) } }
}
