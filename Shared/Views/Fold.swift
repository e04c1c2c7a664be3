import EventLog
import struct EventLog.Record
import GRDB

/// How records become rows: pure in what it writes, so that every instance that has read the same records holds the same rows.
///
/// A fold must commute between partitions and between topics (they come interleaved in any way), and a row number must never leave the file.
public protocol Fold: Sendable {
  /// The name of the view and of its file.
  var name: String { get }
  /// Raised when the tables or the meaning of the rows change: the view is then folded anew.
  var version: Int { get }
  /// The topics that are folded, all partitions of each.
  var topics: [String] { get }

  func createTables(_ db: Database) throws

  /// Writes what one record means. Called in the order of each partition, inside the transaction that also moves the positions.
  ///
  /// An error that is no `DatabaseError` says that the record cannot be folded: it is skipped, counted and logged.
  func apply(_ record: Record, to db: Database) throws

  /// Queries that give every row that counts, in an order that does not depend on row numbers or on how partitions were interleaved.
  var digestQueries: [String] { get }

  /// Drops what is kept only for a time; called now and then between batches, with the time of the newest record.
  func prune(_ db: Database, newest: Int64) throws
}

extension Fold {
  public func prune(_ db: Database, newest: Int64) throws {}
}
