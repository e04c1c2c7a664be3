import Foundation
import Testing

/// Ctrl-C ends every process soon and in good order, whoever is still connected.
@Suite(.serialized) struct ShutdownTests {
  static let endSeconds = 5.0

  @Test func `an open live feed does not hold up the end of the suite`() async throws {
    let folder = try TemporaryFolder()
    let port = try freePort()
    let suite = try SuiteProcess("parley", ["up", "--data", folder.path, "--port", "\(port)"], environment: RunningSuite.environment)
    try #require(try await until("the suite listens", seconds: 30) { suite.printed.contains("Parley is at") }, "\(suite.printed)")
    try await endWithOpenFeed(suite, "http://127.0.0.1:\(port)")
  }

  @Test func `each service over Kafka ends within seconds, the store with an open live feed`() async throws {
    let suite = try await KafkaSuite()
    let store = try suite.member("conversation-store")
    let others = try ["ingest-gateway", "ticket-service", "notifier", "reporter"].map { try suite.member($0) }
    for member in [store] + others { try await member.waitUntilListening() }
    try await endWithOpenFeed(store.process, store.url)
    for member in others { try await member.stop() }
  }

  private func endWithOpenFeed(_ process: SuiteProcess, _ url: String) async throws {
    var lines = try SuiteClient(url).live().makeAsyncIterator()
    _ = try #require(try await lines.next())
    process.interrupt()
    #expect(try await process.exitCode(within: Self.endSeconds) == 0, "\(process.printed)")
    while try await lines.next() != nil {}
  }
}
