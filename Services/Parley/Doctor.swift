import ArgumentParser
import EventLog
import EventLogEmbedded
import EventLogKafka
import Events
import Foundation
import Launch
import ServiceKit

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the settings, the log, its topics, the libraries, the clock and the disk.",
    discussion: "Exit code 1 when something is wrong; warnings do not count.")

  @OptionGroup var options: ServiceOptions

  /// Less free space than this is close to a full disk.
  static let minFreeBytes: Int64 = 1 << 30
  /// Records from further in the future say that a clock is wrong.
  static let maxClockSkewMilliseconds: Int64 = 60_000

  func run() async throws {
    try await Launch.reportingFailure {
      let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: false)
      var findings = [try library(settings), disk(settings.dataFolder)]
      do {
        let log = try LogDrivers.openReadOnly(settings, logger: Launch.bootstrap(settings))
        defer { log.close() }
        findings.append(.good("log", "\(log.name) answers, cluster \(try log.clusterId())"))
        findings += try topics(log)
        findings.append(try clock(log))
      } catch {
        findings.append(.bad("log", "\(error)"))
      }
      for finding in findings { print(finding.line) }
      if findings.contains(where: \.isBad) { throw ExitCode(1) }
    }
  }

  enum Finding {
    case good(String, String)
    case warning(String, String)
    case bad(String, String)

    var isBad: Bool { if case .bad = self { true } else { false } }

    var line: String {
      switch self {
      case .good(let name, let text): "ok       \(name): \(text)"
      case .warning(let name, let text): "warning  \(name): \(text)"
      case .bad(let name, let text): "WRONG    \(name): \(text)"
      }
    }
  }

  private func library(_ settings: Settings) throws -> Finding {
    let kafka = KafkaLog.libraryVersion
    let versions = "librdkafka \(kafka), SQLite \(try EmbeddedLog.libraryVersion())"
    let numbers = kafka.split(separator: ".").prefix(2).compactMap { Int($0) }
    if case .kafka = settings.log, numbers.lexicographicallyPrecedes([2, 2]) {
      return .warning("libraries", "\(versions); librdkafka before 2.2 misreads answers of newer brokers: take 2.3 or later")
    }
    return .good("libraries", versions)
  }

  private func disk(_ folder: String) -> Finding {
    guard FileManager.default.fileExists(atPath: folder) else { return .warning("disk", "\(folder) does not exist yet") }
    guard FileManager.default.isWritableFile(atPath: folder) else { return .bad("disk", "\(folder) cannot be written") }
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else { return .warning("disk", "free space is unknown") }
    let text = "\(free >> 20) MiB free at \(folder)"
    return free < Self.minFreeBytes ? .bad("disk", text) : .good("disk", text)
  }

  private func topics(_ log: any EventLog) throws -> [Finding] {
    let present = try log.topics()
    let missing = Topics.all.filter { present[$0.name] == nil }.map(\.name)
    let counts = Set(Topics.all.compactMap { present[$0.name] })
    if !missing.isEmpty { return [.bad("topics", "missing: \(missing.joined(separator: ", ")); `parley topics create` makes them")] }
    if counts.count > 1 { return [.bad("topics", "have different numbers of partitions: \(counts.sorted())")] }
    return [.good("topics", "\(Topics.all.count) with \(counts.first ?? 0) partitions")]
  }

  /// Compares this clock with the newest webhook, whose time another clock may have set.
  private func clock(_ log: any EventLog) throws -> Finding {
    var newest: Int64 = 0
    try LogReader.readNewest(Topics.webhooksRaw.name, log) { newest = max(newest, $0.timestamp) }
    let ahead = newest - StepRunner.wallClock()
    if ahead > Self.maxClockSkewMilliseconds { return .bad("clock", "the newest webhook is \(ahead / 1_000) s in this clock's future") }
    return .good("clock", Timestamp(milliseconds: StepRunner.wallClock()).description)
  }
}
