import EventLog
import EventLogKafka
import Foundation
import Logging

/// The Kafka-wire broker of the run: the cluster that `PARLEY_TEST_KAFKA` names, or a `noida-db` of our own that ends with the process.
struct TestBroker {
  static let startSeconds = 20.0

  let servers: String

  static let shared = Result { try TestBroker() }

  static func log(
    ackTimeoutMilliseconds: Int = 5_000, requestTimeoutMilliseconds: Int = 10_000
  ) throws -> KafkaLog {
    try KafkaLog(settings: settings(ackTimeoutMilliseconds, requestTimeoutMilliseconds), logger: quiet)
  }

  static var quiet: Logger {
    var logger = Logger(label: "test.kafka")
    logger.logLevel = .critical
    return logger
  }

  static func settings(_ ackTimeoutMilliseconds: Int = 5_000, _ requestTimeoutMilliseconds: Int = 10_000) throws -> KafkaSettings {
    KafkaSettings(
      bootstrapServers: [try shared.get().servers], ackTimeoutMilliseconds: ackTimeoutMilliseconds,
      requestTimeoutMilliseconds: requestTimeoutMilliseconds,
      // noida-db does not keep to fetch limits; with the default, large fetches stall silently.
      extra: ["receive.message.max.bytes": "1000000000"])
  }

  private init() throws {
    let environment = ProcessInfo.processInfo.environment
    if let outside = environment["PARLEY_TEST_KAFKA"] {
      servers = outside
      return
    }
    let port = try freePort()
    let folder = FileManager.default.temporaryDirectory.appending(path: "parley-broker-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(filePath: try Self.binary(environment))
    process.arguments = ["start", "--only", "kafka", "--kafka-port", "\(port)", "--data-dir", folder.path()]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    brokerProcess = process.processIdentifier
    brokerFolder = folder.path()
    atexit {
      // The group: the command may be a wrapper around the broker.
      kill(-brokerProcess, SIGKILL)
      try? FileManager.default.removeItem(atPath: brokerFolder)
    }
    servers = "127.0.0.1:\(port)"
    let end = Date().addingTimeInterval(Self.startSeconds)
    while !canConnect(port) {
      if Date() > end || !process.isRunning { throw TestFailure("noida-db does not start on port \(port)") }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  private static func binary(_ environment: [String: String]) throws -> String {
    if let path = environment["PARLEY_TEST_NOIDA"] { return path }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init) + [".build/test-tools/bin"]
    guard let found = folders.map({ $0 + "/noida-db" }).first(where: FileManager.default.isExecutableFile) else {
      throw TestFailure("noida-db is not found: set PARLEY_TEST_NOIDA, or PARLEY_TEST_KAFKA for a cluster of your own")
    }
    return found
  }
}

/// Safe: written once, inside the initialisation of ``TestBroker/shared``; read at exit, when no test runs any more.
private nonisolated(unsafe) var brokerProcess: pid_t = 0
/// Safe: as ``brokerProcess``.
private nonisolated(unsafe) var brokerFolder = ""

struct TestFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
