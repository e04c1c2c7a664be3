import EventLog
import EventLogContract
import EventLogEmbedded
import Foundation
import GRDB
import Synchronization
import Testing

/// A folder for one test, and a clock that it sets.
final class Scene: Sendable {
  static let start: Int64 = 1_800_000_000_000
  static let dayMilliseconds: Int64 = 86_400_000

  let folder = EmbeddedUnderTest.temporaryFolder()
  let time = Atomic(Scene.start)

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func open(_ change: (inout EmbeddedSettings) -> Void = { _ in }) throws -> EmbeddedLog {
    var settings = EmbeddedSettings { self.time.load(ordering: .relaxed) }
    settings.maintenanceSliceRecords = 7
    change(&settings)
    return try EmbeddedLog(folder: folder, settings: settings)
  }

  func pass(days: Int64) { time.add(days * Self.dayMilliseconds, ordering: .relaxed) }

  func append(_ log: EmbeddedLog, _ topic: String, _ numbers: Range<Int>, key: (Int) -> String = { "\($0)" }) async throws {
    let now = time.load(ordering: .relaxed)
    _ = try await log.append(
      numbers.map { OutgoingRecord(topic: topic, key: Array(key($0).utf8), value: Array("value-\($0)-x".utf8), timestamp: now) })
  }

  /// Changes the closed file behind the driver's back.
  func alter(_ sql: String) throws {
    let queue = try DatabaseQueue(path: folder + "/log.sqlite")
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  func topic(_ name: String, _ retention: TopicSettings.Retention, maxMessageBytes: Int = 1 << 20) -> TopicSettings {
    TopicSettings(name: name, retention: retention, maxMessageBytes: maxMessageBytes)
  }
}

extension EmbeddedLog {
  /// What stands in a topic of few records now.
  func texts(_ topic: String) throws -> [String] {
    let follower = try openFollower(from: offsets(of: [topic], isolation: .readCommitted).mapValues(\.low))
    defer { follower.close() }
    return try follower.poll(maxRecords: 10_000, timeoutMilliseconds: 0).records.map { String(decoding: $0.value ?? [], as: UTF8.self) }
  }
}

/// The text of the error by which a log refuses to be used.
func unusable(_ body: () throws -> Void) -> String? {
  do { try body() } catch LogError.unusable(let reason) { return reason } catch { return nil }
  return nil
}

/// The text of the error by which a log refuses a position.
func refusedPosition(_ body: () throws -> Void) -> String? {
  do { try body() } catch LogError.position(let reason) { return reason } catch { return nil }
  return nil
}
