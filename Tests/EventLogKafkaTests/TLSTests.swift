import EventLog
import EventLogKafka
import Foundation
import Testing

/// `openssl s_server` speaks TLS but not Kafka: the handshake is what is tested.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct TLSTests {
  @Test func `a broker of another authority is refused, and the error says why`() async throws {
    try await blocking {
      let server = try TLSServer()
      defer { server.stop() }
      let reason = try server.failure(trusting: server.otherAuthority)
      #expect(reason.contains("certificate verify failed"))
      #expect(!server.hasSeenHandshake)
    }
  }

  @Test func `a broker of our authority is spoken to`() async throws {
    try await blocking {
      let server = try TLSServer()
      defer { server.stop() }
      let reason = try server.failure(trusting: server.authority)
      #expect(!reason.contains("certificate verify failed"))
      #expect(server.hasSeenHandshake)
    }
  }
}

private final class TLSServer {
  let authority: String
  let otherAuthority: String
  private let folder: URL
  private let port: Int
  private let process = Process()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "parley-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    authority = folder.path() + "/server.pem"
    otherAuthority = folder.path() + "/other.pem"
    port = try freePort()
    for name in ["server", "other"] {
      try Self.openssl([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost", "-keyout", "\(folder.path())/\(name).key", "-out", "\(folder.path())/\(name).pem",
      ])
    }
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = ["s_server", "-accept", "\(port)", "-cert", authority, "-key", folder.path() + "/server.key", "-state"]
    try Data().write(to: URL(filePath: transcript))
    let output = FileHandle(forWritingAtPath: transcript)
    process.standardOutput = output
    process.standardError = output
    // An open pipe: at the end of its input s_server would stop.
    process.standardInput = Pipe()
    try process.run()
    let end = Date().addingTimeInterval(10)
    while !canConnect(port) {
      if Date() > end { throw TestFailure("openssl s_server does not start") }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private var transcript: String { folder.path() + "/transcript" }

  var hasSeenHandshake: Bool {
    (try? String(contentsOfFile: transcript, encoding: .utf8))?.contains("CIPHER is") == true
  }

  /// What a first question ends in: never in an answer.
  func failure(trusting file: String) throws -> String {
    var settings = KafkaSettings(bootstrapServers: ["localhost:\(port)"], requestTimeoutMilliseconds: 2_000)
    settings.security.tls = .init(caFile: file)
    settings.extra = ["broker.address.family": "v4"]
    let log = try KafkaLog(settings: settings, logger: TestBroker.quiet)
    defer { log.close() }
    do {
      _ = try log.topics()
    } catch {
      return "\(error)"
    }
    throw TestFailure("openssl s_server has answered like a broker")
  }

  func stop() {
    // Not by SIGTERM: a child inherits the blocked signals of the thread that starts it.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  private static func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw TestFailure("openssl \(arguments[0]) has failed") }
  }
}
