import Foundation

/// The bounds of the embedded log, its clock, and what tests inject.
public struct EmbeddedSettings: Sendable {
  /// Appends that wait for the writer. Over either bound an append is refused with ``LogError/unavailable(_:)``.
  public var maxQueuedRecords = 50_000
  public var maxQueuedBytes = 64 << 20
  /// What one SQLite transaction takes at most, so that nobody waits long for somebody else's burst.
  public var maxTransactionRecords = 10_000
  public var maxTransactionBytes = 16 << 20
  /// What one poll returns at most, but always one record.
  public var maxPollBytes = 8 << 20
  /// How often retention and compaction run.
  public var maintenanceIntervalMilliseconds = 600_000
  /// Records that retention or compaction looks at in one transaction, between which appends go on.
  public var maintenanceSliceRecords = 1_000
  /// How long a tombstone stays in a compacted topic.
  public var tombstoneRetentionDays = 90
  /// Milliseconds since 1970; decides what is older than a topic's retention.
  public var now: @Sendable () -> Int64

  /// The largest file, in pages of 4 KB; `nil` leaves it to the disk.
  package var maxPages: Int?
  package var faults: EmbeddedFaults?

  public init(now: @escaping @Sendable () -> Int64 = EmbeddedSettings.wallClock) { self.now = now }

  @Sendable public static func wallClock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
