import Foundation
import Testing

/// A data folder on a disk of its own, which the test fills up or makes read-only: a file system in memory, in a mount namespace of the process.
@Suite(.serialized) struct DiskTests {
  static let diskMegabytes = 24
  static let bodyBytes = 200 << 10

  /// Runs `parley up` with the folder on such a disk. `prepare` is a line of shell.
  private func up(_ folder: TemporaryFolder, port: Int, then prepare: String = "true") throws -> SuiteProcess {
    let mount = "mount -t tmpfs -o size=\(Self.diskMegabytes)m parley-test \"$0\" && \(prepare) && exec \"$@\""
    return try SuiteProcess(
      "parley", ["up", "--data", folder.path, "--port", "\(port)"], environment: RunningSuite.environment,
      wrapper: ["/usr/bin/unshare", "--mount", "--map-root-user", "/bin/sh", "-c", mount, folder.path])
  }

  @Test func `a full disk refuses webhooks, and loses none that it had acknowledged`() async throws {
    let folder = try TemporaryFolder()
    let port = try freePort()
    let suite = try up(folder, port: port)
    try #require(try await until("the suite listens", seconds: 30) { suite.printed.contains("Parley is at") }, "\(suite.printed)")
    let meta = try SuiteClient("http://127.0.0.1:\(port)")

    // The disk as the process sees it.
    let filler = "/proc/\(suite.id)/root\(folder.path)/filler"
    try fill(filler)
    var refused: [String] = []
    var sent = 0
    while refused.count < 3, sent < 500 {
      sent += 1
      let answer = try await meta.post(Webhook.texts(["\(sent)"], bytes: Self.bodyBytes))
      if answer.status == 503 {
        #expect(answer.headers["Retry-After"] != nil)
        refused.append("\(sent)")
      } else {
        #expect(answer.status == 200, "\(answer.status) \(suite.printed)")
      }
    }
    #expect(refused.count == 3)
    #expect(suite.isRunning, "\(suite.printed)")

    try FileManager.default.removeItem(atPath: filler)
    for id in refused {
      let isTaken = try await until("the webhook is taken", seconds: 20) {
        try await meta.post(Webhook.texts([id], bytes: Self.bodyBytes)).status == 200
      }
      #expect(isTaken, "\(suite.printed)")
    }
    var stored = 0
    try await until("all is normalised", seconds: 30) {
      stored = try await meta.counts().stored
      return stored == sent
    }
    #expect(stored == sent, "\(suite.printed)")
    let conversations = String(decoding: try await meta.get("/api/conversations").body, as: UTF8.self)
    #expect(conversations.contains("Message "), "\(conversations)")
    suite.interrupt()
    #expect(try await suite.exitCode(within: ShutdownTests.endSeconds) == 0, "\(suite.printed)")
  }

  @Test func `a data folder that is read-only is named`() async throws {
    let folder = try TemporaryFolder()
    let suite = try up(folder, port: 0, then: "mount -o remount,ro \"$0\"")
    #expect(try await suite.exitCode(within: 20) == 1)
    #expect(suite.printed.contains(folder.path), "\(suite.printed)")
  }

  /// Takes all the space that is left.
  private func fill(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let block = [UInt8](repeating: 0x78, count: 64 << 10)
    while write(descriptor, block, block.count) > 0 {}
    try #require(errno == ENOSPC)
  }
}
