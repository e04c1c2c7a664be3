import ConversationStoreApp
import EventLog
import struct EventLog.Record
import EventLogEmbedded
import Events
import Foundation
import HTTPKit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Logging
import ServiceKit
import Testing
import Views

/// A conversation store on an embedded log, with its view and its step running.
final class Store: Sendable {
  static let token = "a-token-for-tests-only"
  static let waitMilliseconds = 10_000

  static let partitions: Int32 = 3

  let log: EmbeddedLog
  /// Sees the file as it is: offsets of a step and what it wrote in one state.
  private let reader: EmbeddedLog
  let view: View<ConversationsFold>
  let platform: Platform
  let routes: [Route]
  private let stop = StopSignal()

  private init(folder: String, log: EmbeddedLog, maxChanges: Int64) async throws {
    let settings = try await SettingsReader.read(
      flags: SettingsFlags(data: folder), environment: ["PARLEY_ADMIN_TOKEN": Self.token], needsWebhooks: false)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    platform = Platform(settings: settings, secrets: try Secrets(settings: settings), log: log, logger: logger)
    self.log = log
    reader = try EmbeddedLog(readingFolder: folder + "/log")
    view = try platform.view(ConversationsFold(maxChanges: maxChanges))
    routes = ConversationStore.routes(platform, view)
  }

  /// Runs `body` while the store runs, in a folder of its own.
  static func run(
    maxChanges: Int64 = ConversationsFold.defaultMaxChanges, decides: Bool = true, _ body: (Store) async throws -> Void
  ) async throws {
    let folder = NSTemporaryDirectory() + "parley-store-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let log = try EmbeddedLog(folder: folder + "/log")
    defer { log.close() }
    try log.createTopics(Topics.all.map(\.settings), partitions: partitions)
    let store = try await Store(folder: folder, log: log, maxChanges: maxChanges)
    async let folding: Void = BlockingThread.run(named: "view", stop: store.stop) { try store.view.run(stop: store.stop) }
    async let deciding: Void = BlockingThread.run(named: "step", stop: store.stop) { if decides { try store.decide() } }
    do {
      try await body(store)
    } catch {
      store.stop.stop()
      throw error
    }
    store.stop.stop()
    _ = try await (folding, deciding)
    store.reader.close()
  }

  private func decide() throws {
    let slot = try Slot(group: DecideHandler.plan.group, folder: platform.settings.dataFolder)
    try StepRunner(log: log, plan: DecideHandler.plan, slot: slot, logger: platform.logger) { [view, platform] in
      DecideHandler(view: view, workspace: platform.workspace)
    }.run(stop: stop)
  }

  /// Appends and waits until all of it is decided and folded.
  func take(_ records: [OutgoingRecord]) async throws {
    _ = try await log.append(records)
    try await settle()
  }

  func settle() async throws {
    let plan = DecideHandler.plan
    let inputs = try reader.offsets(of: plan.topics, isolation: .readCommitted).mapValues(\.high)
    try await until("the step has decided") { [reader] in
      let committed = try reader.committedOffsets(group: plan.group, topics: plan.topics)
      return inputs.allSatisfy { committed[$0.key] ?? 0 >= $0.value }
    }
    try await fold()
  }

  func fold() async throws {
    let ends = try reader.offsets(of: [Topics.conversationEvents.name], isolation: .readCommitted).mapValues(\.high)
    try #require(await view.wait(for: ends, timeoutMilliseconds: Self.waitMilliseconds))
  }

  func events() throws -> [ConversationEvent] {
    try records(of: Topics.conversationEvents).compactMap { record in
      guard case .known(let envelope) = try RecordCoding.decode(record.value ?? [], as: ConversationEvent.self) else { return nil }
      return envelope.body
    }
  }

  /// All records of a topic.
  func records(of topic: Topic) throws -> [Record] {
    let ends = try reader.offsets(of: [topic.name], isolation: .readCommitted).mapValues(\.high)
    let follower = try log.openFollower(from: ends.mapValues { _ in 0 })
    defer { follower.close() }
    var records: [Record] = []
    var positions: [TopicPartition: Int64] = [:]
    while ends.contains(where: { positions[$0.key] ?? 0 < $0.value }) {
      let poll = try follower.poll(maxRecords: 1_000, timeoutMilliseconds: Self.waitMilliseconds)
      records += poll.records
      for record in poll.records { positions[record.partition] = record.offset + 1 }
      positions.merge(poll.positions) { max($0, $1) }
    }
    return records
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
  }

  func get(_ path: String, headers: HTTPFields = [:], token: String? = Store.token) async throws -> Answer {
    try await call(.get, path, headers: headers, token: token)
  }

  func call(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil, token: String? = Store.token
  ) async throws -> Answer {
    let table = RouteTable(routes, keys: AccessKeys([Self.token]), logger: platform.logger)
    var headers = headers
    if let token { headers[.authorization] = "Bearer \(token)" }
    if let body { headers[.contentLength] = "\(body.utf8.count)" }
    return try await Application(router: table.router(), logger: platform.logger).test(.router) { [headers] client in
      try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }) { Answer($0) }
    }
  }
}

/// Waits for a named condition.
func until(_ what: String, limitMilliseconds: Int = Store.waitMilliseconds, _ condition: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .milliseconds(limitMilliseconds)
  while try await !condition() {
    guard ContinuousClock.now < end else {
      Issue.record("in \(limitMilliseconds) ms it has not come true that \(what)")
      throw CancellationError()
    }
    try await Task.sleep(for: .milliseconds(2))
  }
}
