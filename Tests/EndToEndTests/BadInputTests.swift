import Foundation
import Outbound
import Testing

/// What others send, and what becomes of it, seen from outside a running process on the embedded log.
@Suite struct BadInputTests {
  static let maxBodyBytes = 4 << 20
  static let settleSeconds = 30.0

  private func withSuite(_ body: (SuiteClient, TemporaryFolder) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let port = try freePort()
    let suite = try SuiteProcess("parley", ["up", "--data", folder.path, "--port", "\(port)"], environment: RunningSuite.environment)
    try #require(try await until("the suite listens", seconds: 30) { suite.printed.contains("Parley is at") }, "\(suite.printed)")
    try await body(try SuiteClient("http://127.0.0.1:\(port)"), folder)
    #expect(suite.isRunning, "\(suite.printed)")
  }

  private func settled(_ meta: SuiteClient, received: Int) async throws -> SuiteClient.Counts {
    var counts = try await meta.counts()
    try await until("\(received) items are normalised", seconds: Self.settleSeconds) {
      counts = try await meta.counts()
      return counts.received >= received && counts.pending == 0
    }
    return counts
  }

  @Test func `a body of 4 MB is taken, one byte more is refused`() async throws {
    try await withSuite { meta, _ in
      #expect(try await meta.post(Webhook.texts(["largest"], bytes: Self.maxBodyBytes)).status == 200)
      #expect(try await meta.post(Webhook.texts(["too-large"], bytes: Self.maxBodyBytes + 1)).status == 413)
      let counts = try await settled(meta, received: 1)
      #expect(counts == SuiteClient.Counts(received: 1, stored: 1, duplicates: 0, deadLettered: 0, pending: 0))
    }
  }

  @Test func `a thousand updates in one body are all stored`() async throws {
    try await withSuite { meta, _ in
      #expect(try await meta.post(Webhook.texts((0..<1_000).map { "update-\($0)" })).status == 200)
      let counts = try await settled(meta, received: 1_000)
      #expect(counts == SuiteClient.Counts(received: 1_000, stored: 1_000, duplicates: 0, deadLettered: 0, pending: 0))
    }
  }

  @Test func `the same body twice at once is stored once`() async throws {
    try await withSuite { meta, _ in
      let body = Webhook.texts(["twice"])
      async let first = meta.post(body)
      async let second = meta.post(body)
      let statuses = try await [first.status, second.status]
      #expect(statuses == [200, 200])
      let counts = try await settled(meta, received: 2)
      #expect(counts == SuiteClient.Counts(received: 2, stored: 1, duplicates: 1, deadLettered: 0, pending: 0))
    }
  }

  @Test func `a signed body that is no JSON is acknowledged and shown as a dead letter, by the API and by the tool`() async throws {
    try await withSuite { meta, folder in
      #expect(try await meta.post(Array("this is no JSON".utf8)).status == 200)
      let counts = try await settled(meta, received: 1)
      #expect(counts == SuiteClient.Counts(received: 1, stored: 0, duplicates: 0, deadLettered: 1, pending: 0))
      let shown = String(decoding: try await meta.get("/api/dead-letters").body, as: UTF8.self)
      #expect(shown.contains("webhooks.raw") && shown.contains("this is no JSON"), "\(shown)")

      let tool = try SuiteProcess(
        "parley", ["dead-letters", "--data", folder.path, "--items"], environment: RunningSuite.environment)
      #expect(try await tool.exitCode(within: 20) == 0, "\(tool.printed)")
      #expect(tool.printed.contains("1 dead letters") && tool.printed.contains("this is no JSON"), "\(tool.printed)")
    }
  }

  @Test func `a log file that is no database is named, and left as it is`() async throws {
    let folder = try TemporaryFolder()
    let file = URL(fileURLWithPath: folder.path + "/log.sqlite")
    let text = Data(String(repeating: "this is no database\n", count: 500).utf8)
    try text.write(to: file)
    let suite = try SuiteProcess("parley", ["up", "--data", folder.path, "--port", "0"], environment: RunningSuite.environment)
    #expect(try await suite.exitCode(within: 20) == 1)
    #expect(suite.printed.contains("log.sqlite is damaged or not a log"), "\(suite.printed)")
    #expect(try Data(contentsOf: file) == text)
  }
}
