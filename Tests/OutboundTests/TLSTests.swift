import Foundation
import LocalServer
import Outbound
import Testing

@Suite(.timeLimit(.minutes(1)), .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
struct TLSTests {
  @Test func `a certificate of an unknown authority is refused, of a given one accepted`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "outbound-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let certificate = folder.appending(path: "certificate.pem").path
    let key = folder.appending(path: "key.pem").path
    try openssl([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      "-keyout", key, "-out", certificate,
    ]).waitUntilExit()
    let unused = try LocalServer { _ in .hangUp }
    unused.stop()
    let server = try openssl(["s_server", "-www", "-quiet", "-accept", "\(unused.port)", "-cert", certificate, "-key", key])
    // Not by SIGTERM: a child inherits the blocked signals of the thread that starts it.
    defer { kill(server.processIdentifier, SIGKILL) }

    var settings = HTTPClientSettings()
    settings.authorityFile = certificate
    let trusting = try HTTPClient(settings)
    let request = HTTPRequest(url: "https://localhost:\(unused.port)/")
    try await eventually("openssl listens") { (try? await trusting.send(request))?.status == 200 }

    let client = try HTTPClient()
    let error = await #expect(throws: OutboundError.self) { try await client.send(request) }
    guard case .tls = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let byAddress = HTTPRequest(url: "https://127.0.0.1:\(unused.port)/")
    let mismatch = await #expect(throws: OutboundError.self) { try await trusting.send(byAddress) }
    #expect(mismatch?.mayHaveBeenSent == false)
    await client.close()
    await trusting.close()
  }

  @discardableResult private func openssl(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
