import Foundation
import Testing

/// A built executable of the suite, run as a process of its own, as a user would.
///
/// Safe: all that changes is the process's own state, which Foundation guards.
final class SuiteProcess: @unchecked Sendable {
  private let process = Process()
  private let output: URL

  /// Where the build put the executables: beside the test bundle.
  static let buildFolder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".build/debug")

  /// - Parameter wrapper: a command that runs the command line after its own arguments, in the same process in the end.
  init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], wrapper: [String] = []) throws {
    output = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID().uuidString).log")
    try Data().write(to: output)
    let handle = try FileHandle(forWritingTo: output)
    let commandLine = wrapper + [Self.buildFolder.appending(path: executable).path] + arguments
    process.executableURL = URL(fileURLWithPath: commandLine[0])
    process.arguments = Array(commandLine.dropFirst())
    // Nothing of the machine's own settings: a test says all that it relies on.
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"].merging(environment) { $1 }
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: output)
  }

  var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
  var isRunning: Bool { process.isRunning }
  var id: Int32 { process.processIdentifier }

  /// As a power cut would: no goodbye.
  func killHard() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func interrupt() { kill(process.processIdentifier, SIGINT) }

  /// - Returns: the exit code, or `nil` when the process still ran after the time.
  func exitCode(within seconds: Double) async throws -> Int32? {
    try await until("the process ends", seconds: seconds) { !self.process.isRunning } ? process.terminationStatus : nil
  }
}

/// Waits for a named condition.
///
/// - Returns: whether it came true within the time.
@discardableResult
func until(_ condition: String, seconds: Double, _ isTrue: () async throws -> Bool) async throws -> Bool {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < deadline {
    if try await isTrue() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return try await isTrue()
}

/// A data folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A port that nobody listens on just now.
func freePort() throws -> Int {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = localAddress(port: 0)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  try #require(isBound)
  return Int(UInt16(bigEndian: address.sin_port))
}

func isListening(on port: Int) -> Bool {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = localAddress(port: port)
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}

private func localAddress(port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  return address
}
