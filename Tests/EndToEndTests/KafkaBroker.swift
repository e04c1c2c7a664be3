import Foundation
import Testing

/// A Kafka-wire broker of one test (`noida-db`), which can go away and come back with its data. Before it stands a proxy that corrects what the
/// broker says of aborted transactions (`Tests/BrokerProxy`).
final class KafkaBroker {
  private static let startSeconds = 20.0
  private static let stopSeconds = 20.0

  private static let proxyFile = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "BrokerProxy/broker_proxy.py")

  private let port: Int
  private let brokerPort: Int
  private let folder: TemporaryFolder
  private var proxy = Process()
  private let process = Process()

  init() throws {
    port = try freePort()
    brokerPort = try freePort()
    folder = try TemporaryFolder()
    try Self.run(process, try Self.binary(), ["start", "--only", "kafka", "--kafka-port", "\(brokerPort)", "--data-dir", folder.path])
  }

  deinit {
    if proxy.isRunning { kill(proxy.processIdentifier, SIGKILL) }
    if process.isRunning { signalAll(SIGKILL) }
  }

  /// As `PARLEY_LOG` takes it.
  var location: String { "kafka://127.0.0.1:\(port)" }

  func start() async throws {
    proxy = Process()
    try Self.run(proxy, "/usr/bin/python3", [Self.proxyFile.path(), "\(port)", "\(brokerPort)"])
    let listens = try await until("the broker listens", seconds: Self.startSeconds) {
      isListening(on: self.brokerPort) && isListening(on: self.port)
    }
    try #require(listens)
  }

  /// Nobody reaches the broker any more. It runs on itself: noida-db ends without writing its last second, whatever the signal.
  func stop() async throws {
    kill(proxy.processIdentifier, SIGKILL)
    try #require(try await until("the broker is away", seconds: Self.stopSeconds) { !isListening(on: self.port) })
  }

  private static func run(_ process: Process, _ executable: String, _ arguments: [String]) throws {
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    // A child inherits what its starter's thread blocks, and threads of the test library block SIGTERM.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  /// To the group: the command may be a wrapper around the broker.
  private func signalAll(_ signal: Int32) { kill(-process.processIdentifier, signal) }

  private static func binary() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["PARLEY_TEST_NOIDA"] { return path }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init) + [".build/test-tools/bin"]
    return try #require(
      folders.map { $0 + "/noida-db" }.first(where: FileManager.default.isExecutableFile), "noida-db is needed: set PARLEY_TEST_NOIDA")
  }
}
