import Foundation
import Testing

/// Services as separate processes over a Kafka-wire broker of their own.
struct KafkaSuite {
  static let partitions = 4
  static let startSeconds = 60.0

  let broker: KafkaBroker
  let environment: [String: String]

  /// Starts the broker and makes the topics.
  init(settings: [String: String] = [:]) async throws {
    broker = try KafkaBroker()
    let common = [
      "PARLEY_LOG": broker.location, "PARLEY_WORKSPACE_SECRET": "secret-of-the-test-workspace", "PARLEY_PARTITIONS": "\(Self.partitions)",
      // The broker does not keep to fetch limits; with the default, large fetches stall silently.
      "PARLEY_KAFKA_EXTRA": "receive.message.max.bytes=1000000000",
    ]
    environment = RunningSuite.environment.merging(common) { $1 }.merging(settings) { $1 }
    try await broker.start()
    let create = try SuiteProcess("parley", ["topics", "create"], environment: environment)
    try #require(try await create.exitCode(within: Self.startSeconds) == 0, "\(create.printed)")
  }

  func member(_ executable: String) throws -> SuiteMember { try SuiteMember(executable, environment) }

  func simulate(gateway: SuiteMember, store: SuiteMember, rate: Int, seconds: Int, seed: Int) throws -> SuiteProcess {
    try SuiteProcess(
      "parley",
      [
        "simulate", "--url", store.url, "--gateway-url", gateway.url, "--customers", "30", "--rate", "\(rate)", "--duration", "\(seconds)",
        "--seed", "\(seed)", "--duplicate-percent", "15", "--shuffle-percent", "15",
      ], environment: environment)
  }

  /// What `parley rebuild --verify` says about the views of a member; fails the test where they differ from the log.
  func verify(_ member: SuiteMember) async throws -> String {
    let rebuild = try SuiteProcess("parley", ["rebuild", "--verify", "--data", member.folder.path], environment: environment)
    #expect(try await rebuild.exitCode(within: 60) == 0, "\(member.executable): \(rebuild.printed)")
    #expect(rebuild.printed.contains("the same as before"), "\(rebuild.printed)")
    return rebuild.printed
  }
}

/// One service with a data folder and a port that stay the same through its restarts.
final class SuiteMember {
  let executable: String
  let folder: TemporaryFolder
  let port: Int
  private let environment: [String: String]
  private(set) var process: SuiteProcess
  /// What processes have printed that ended by themselves.
  private(set) var ended: [String] = []

  init(_ executable: String, _ environment: [String: String]) throws {
    self.executable = executable
    self.environment = environment
    folder = try TemporaryFolder()
    port = try freePort()
    process = try Self.start(executable, folder, port, environment)
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var listens: Bool { isListening(on: port) }

  /// As a power cut would, and on again in the same slot.
  func killAndRestart() throws {
    process.killHard()
    process = try Self.start(executable, folder, port, environment)
  }

  /// What compose's `restart: unless-stopped` does: starts a process again that has ended by itself.
  func superviseOnce() throws {
    if process.isRunning { return }
    ended.append(process.printed)
    process = try Self.start(executable, folder, port, environment)
  }

  func waitUntilListening() async throws {
    let listens = try await until("\(executable) listens", seconds: KafkaSuite.startSeconds) { self.listens || !self.process.isRunning }
    try #require(listens && process.isRunning, "\(process.printed)")
  }

  /// Ctrl-C.
  func stop() async throws {
    process.interrupt()
    #expect(try await process.exitCode(within: ShutdownTests.endSeconds) == 0, "\(executable): \(process.printed)")
  }

  private static func start(
    _ executable: String, _ folder: TemporaryFolder, _ port: Int, _ environment: [String: String]
  ) throws -> SuiteProcess {
    try SuiteProcess(executable, ["--data", folder.path, "--port", "\(port)"], environment: environment)
  }
}
