import Foundation

/// A process that the benchmark starts beside itself, and ends.
final class BenchProcess {
  private let process = Process()
  let log: URL

  init(_ executable: String, _ arguments: [String], environment: [String: String], log: String) throws {
    self.log = URL(fileURLWithPath: log)
    try Data().write(to: self.log)
    let handle = try FileHandle(forWritingTo: self.log)
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
  }

  func wait(until text: String, seconds: Double = 60) throws {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline {
      if try String(contentsOf: log, encoding: .utf8).contains(text) { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw BenchError("\(log.path) does not say \(text)")
  }

  /// Resident memory, in MiB.
  var residentMiB: Double {
    let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Double(line.split(whereSeparator: { !$0.isNumber }).first ?? "") ?? .nan) / 1_024
  }

  /// Processor time that it has used, in its own code and in the kernel.
  var processorSeconds: Double {
    let stat = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
    // After the name in brackets, user and system time are the 12th and 13th field (proc(5)).
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return .nan }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  func end() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  deinit { end() }
}
