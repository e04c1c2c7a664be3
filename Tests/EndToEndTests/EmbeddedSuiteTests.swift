import Foundation
import Testing

/// `parley up` on the embedded log, with signed webhooks over HTTP.
@Suite struct EmbeddedSuiteTests {
  func up(_ folder: TemporaryFolder, port: Int) throws -> SuiteProcess {
    try SuiteProcess("parley", ["up", "--data", folder.path, "--port", "\(port)"], environment: RunningSuite.environment)
  }

  @Test func `kill -9 at any moment loses nothing, doubles nothing and keeps the order`() async throws {
    let folder = try TemporaryFolder()
    let port = try freePort()
    var suite = try up(folder, port: port)
    try #require(try await until("the suite listens", seconds: 30) { suite.printed.contains("Parley is at") }, "\(suite.printed)")

    let arguments = [
      "simulate", "--url", "http://127.0.0.1:\(port)", "--customers", "30", "--rate", "60", "--duration", "10", "--seed", "7",
      "--duplicate-percent", "15", "--shuffle-percent", "15",
    ]
    let simulation = try SuiteProcess("parley", arguments, environment: RunningSuite.environment)
    for pause in [1.3, 0.9, 2.1, 1.7] {
      try await Task.sleep(for: .seconds(pause))
      suite.killHard()
      suite = try up(folder, port: port)
    }
    let code = try await simulation.exitCode(within: 120)
    #expect(code == 0, "\(simulation.printed)\n\(suite.printed)")

    suite.interrupt()
    #expect(try await suite.exitCode(within: 20) == 0, "\(suite.printed)")
    let rebuild = try SuiteProcess("parley", ["rebuild", "--verify", "--data", folder.path], environment: RunningSuite.environment)
    #expect(try await rebuild.exitCode(within: 60) == 0, "\(rebuild.printed)")
    #expect(rebuild.printed.contains("the same as before"))
  }

  @Test func `a second process on the same data is refused, and says why`() async throws {
    let folder = try TemporaryFolder()
    let first = try up(folder, port: try freePort())
    try #require(try await until("the suite listens", seconds: 30) { first.printed.contains("Parley is at") }, "\(first.printed)")
    let second = try up(folder, port: try freePort())
    #expect(try await second.exitCode(within: 20) == 1)
    #expect(second.printed.contains("in use"), "\(second.printed)")
    #expect(first.isRunning)
  }

  @Test func `one service alone on an embedded log is refused`() async throws {
    let folder = try TemporaryFolder()
    for executable in ["ingest-gateway", "conversation-store", "ticket-service", "notifier", "reporter"] {
      let service = try SuiteProcess(executable, ["--data", folder.path, "--port", "0"], environment: RunningSuite.environment)
      #expect(try await service.exitCode(within: 20) == 1)
      #expect(service.printed.contains("alone cannot use an embedded log"), "\(service.printed)")
    }
  }

  @Test func `all faults of the settings are listed at once, by name`() async throws {
    let process = try SuiteProcess(
      "parley", ["up"], environment: ["PARLEY_PORT": "seventy", "PARLEY_LOG": "redis://x", "PARLEY_ADMIN_TOKEN": "short"])
    #expect(try await process.exitCode(within: 20) == 1)
    for name in ["PARLEY_PORT", "PARLEY_LOG", "PARLEY_ADMIN_TOKEN", "PARLEY_META_APP_SECRET", "PARLEY_META_VERIFY_TOKEN"] {
      #expect(process.printed.contains(name), "\(process.printed)")
    }
    #expect(!process.printed.contains("short\""))
  }

  @Test func `a data folder that cannot be written is named`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/file"
    try Data("not a folder".utf8).write(to: URL(fileURLWithPath: file))
    let process = try SuiteProcess("parley", ["up", "--data", file, "--port", "0"], environment: RunningSuite.environment)
    #expect(try await process.exitCode(within: 20) == 1)
    #expect(process.printed.contains(file), "\(process.printed)")
  }

  @Test func `the doctor finds a healthy suite healthy, beside it`() async throws {
    let folder = try TemporaryFolder()
    let suite = try up(folder, port: try freePort())
    try #require(try await until("the suite listens", seconds: 30) { suite.printed.contains("Parley is at") }, "\(suite.printed)")
    let doctor = try SuiteProcess("parley", ["doctor", "--data", folder.path], environment: RunningSuite.environment)
    #expect(try await doctor.exitCode(within: 20) == 0, "\(doctor.printed)")
    #expect(doctor.printed.contains("ok       topics"))
  }
}
