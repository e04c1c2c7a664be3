import Crypto
import EventLog
import EventLogEmbedded
import Events
import Foundation
import HTTPKit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IngestGatewayApp
import IngestGatewayCore
import JSON
import Logging
import ServiceKit
import Testing
import Views

/// An ingest gateway on an embedded log, with its view and its step running.
final class Gateway: Sendable {
  static let token = "a-token-for-tests-only"
  static let verifyToken = "verify-token-for-tests"
  static let secret = "test_app_secret"
  static let environment = [
    "PARLEY_ADMIN_TOKEN": token, "PARLEY_META_VERIFY_TOKEN": verifyToken,
    "PARLEY_META_APP_SECRET": "shop=\(secret),help=another_app_secret",
    "PARLEY_PARTITIONS": "3",
  ]
  static let receivedAt = Timestamp(seconds: 1_795_219_200)
  static let path = "/webhooks/whatsapp"

  let log: any EventLog
  let view: View<IngestFold>
  let platform: Platform
  private let routes: [Route]
  private let stop = StopSignal()

  private init(folder: String, logAnswers: Bool) async throws {
    let settings = try await SettingsReader.read(
      flags: SettingsFlags(data: folder), environment: Self.environment, needsWebhooks: true)
    let embedded = try EmbeddedLog(folder: "\(folder)/log")
    try embedded.createTopics(Topics.all.map(\.settings), partitions: settings.partitions)
    log = logAnswers ? embedded : UnavailableLog(base: embedded)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    platform = Platform(settings: settings, secrets: try Secrets(settings: settings), log: log, logger: logger)
    view = try platform.view(IngestFold())
    routes = IngestGateway.routes(platform, view) { Self.receivedAt }
  }

  /// Runs `body` while the gateway runs, in a folder of its own.
  static func run(normalises: Bool = true, logAnswers: Bool = true, _ body: (Gateway) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "parley-gateway-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let gateway = try await Gateway(folder: folder, logAnswers: logAnswers)
    defer { gateway.log.close() }
    let stop = gateway.stop
    async let folding: Void = BlockingThread.run(named: "view", stop: stop) { try gateway.view.run(stop: stop) }
    async let working: Void = BlockingThread.run(named: "step", stop: stop) { if normalises { try gateway.normalise() } }
    do {
      try await body(gateway)
    } catch {
      gateway.end()
      throw error
    }
    gateway.end()
    _ = try await (folding, working)
  }

  private func end() {
    stop.stop()
    view.wake()
  }

  private func normalise() throws {
    let slot = try Slot(group: NormaliseHandler.plan.group, folder: platform.settings.dataFolder)
    try StepRunner(log: log, plan: NormaliseHandler.plan, slot: slot, logger: platform.logger) { [self] in makeHandler() }.run(stop: stop)
  }

  func makeHandler() -> NormaliseHandler {
    NormaliseHandler(normaliser: Normaliser(workspace: platform.workspace, secret: platform.secrets.workspace), view: view)
  }

  // MARK: - HTTP

  struct Answer {
    let status: Int
    let headers: HTTPFields
    let json: JSONDocument?
    let text: String

    init(_ response: TestResponse) {
      let bytes = Array(buffer: response.body)
      status = response.status.code
      headers = response.headers
      json = try? JSONDocument(parsing: bytes)
      text = String(decoding: bytes, as: UTF8.self)
    }

    func int(_ keys: String...) -> Int64? {
      keys.reduce(json?.root) { $0?[$1] }?.int
    }
  }

  func post(_ body: [UInt8], signature: String?) async throws -> Answer {
    var headers: HTTPFields = [.contentType: "application/json"]
    if let signature { headers[.init("X-Hub-Signature-256")!] = signature }
    return try await call(.post, Self.path, headers: headers, body: body)
  }

  func post(_ body: String, secret: String = Gateway.secret) async throws -> Answer {
    try await post(Array(body.utf8), signature: Self.signature(of: Array(body.utf8), secret: secret))
  }

  static func signature(of body: [UInt8], secret: String = Gateway.secret) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
    return "sha256=" + code.map { String(format: "%02x", $0) }.joined()
  }

  func get(_ path: String, token: String? = Gateway.token) async throws -> Answer {
    try await call(.get, path, headers: token.map { [.authorization: "Bearer \($0)"] } ?? [:])
  }

  private func call(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: [UInt8]? = nil) async throws -> Answer {
    let table = RouteTable(routes, keys: AccessKeys([Self.token]), logger: platform.logger)
    return try await Application(router: table.router(), logger: platform.logger).test(.router) { client in
      try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }) { Answer($0) }
    }
  }

  /// Waits until `/api/ingest` tells of this many bodies and all are normalised.
  func settled(bodies: Int64) async throws -> Answer {
    try await until("\(bodies) bodies are normalised") {
      let ends = try self.log.offsets(of: [Topics.webhooksRaw.name, Topics.webhooksNormalised.name], isolation: .readCommitted)
      let raw = ends.filter { $0.key.topic == Topics.webhooksRaw.name }.reduce(0) { $0 + $1.value.high }
      let pending = try await self.get("/api/ingest").int("pending")
      return raw == bodies && pending == 0
    }
    return try await get("/api/ingest")
  }

  /// All records of a topic, as a reader of committed records sees them.
  func records(of topic: Topic) throws -> [Record] {
    let ends = try log.offsets(of: [topic.name], isolation: .readCommitted)
    let follower = try log.openFollower(from: ends.mapValues(\.low))
    defer { follower.close() }
    var records: [Record] = []
    var positions = ends.mapValues(\.low)
    while ends.contains(where: { positions[$0.key] ?? 0 < $0.value.high }) {
      let poll = try follower.poll(maxRecords: 1_000, timeoutMilliseconds: 1_000)
      records += poll.records
      for record in poll.records { positions[record.partition] = record.offset + 1 }
      positions.merge(poll.positions) { max($0, $1) }
    }
    return records
  }
}

/// Waits for a named condition.
func until(_ what: String, limitMilliseconds: Int = 20_000, _ condition: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .milliseconds(limitMilliseconds)
  while try await !condition() {
    guard ContinuousClock.now < end else {
      Issue.record("in \(limitMilliseconds) ms it has not come true that \(what)")
      throw CancellationError()
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}
