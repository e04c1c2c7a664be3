import Foundation
import Outbound
import Testing

/// The commands that the README gives a new user, run as they stand there.
@Suite struct ReadmeTests {
  @Test func `the first webhook is taken, and read through the API`() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    let sending = try #require(blocks.first { $0.contains("X-Hub-Signature-256") })
    let reading = try #require(blocks.first { $0.contains("/api/conversations") })

    let folder = try TemporaryFolder()
    let port = try freePort()
    let suite = try RunningSuite(folder, port: port)
    try await suite.isListening()
    // What listens for ever is left out; the port is this test's.
    let commands = (sending + reading).split(separator: "\n").filter { !$0.contains("/api/live") }.joined(separator: "\n")
      .replacing("localhost:8080", with: "127.0.0.1:\(port)")
    #expect(try await run(commands).contains("200 OK"))
    try await until("the conversation is there", seconds: 10) { try await run(commands).contains("Mara Example") }
    let answers = try await run(commands)
    #expect(answers.contains("Mara Example"), "\(answers)")
    #expect(answers.contains("\"stored\":1"), "\(answers)")
  }

  private func run(_ commands: String) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", commands]
    process.environment = RunningSuite.environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return output
  }
}
