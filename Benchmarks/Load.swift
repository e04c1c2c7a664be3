import Crypto
import Foundation

/// One signed webhook body, sent by `wrk` as fast as the server takes it.
struct Load {
  static let connections = 256
  static let threads = 1

  let folder: String
  let secret: String

  /// - Returns: answers a second; only successful ones count.
  func requestsPerSecond(_ url: String, seconds: Int) throws -> Double {
    let body = Data(Self.body.utf8)
    let file = folder + "/body.json"
    try body.write(to: URL(fileURLWithPath: file))
    let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(secret.utf8)))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/wrk")
    process.arguments = ["-t\(Self.threads)", "-c\(Self.connections)", "-d\(seconds)s", "-s", "Benchmarks/post.lua", url]
    process.environment = [
      "PARLEY_BENCH_BODY": file, "PARLEY_BENCH_SIGNATURE": "sha256=" + code.map { String(format: "%02x", $0) }.joined(),
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") }),
      let rate = Double(line.dropFirst("Requests/sec:".count).trimmingCharacters(in: .whitespaces)), rate > 0, !output.contains("Non-2xx"),
      !output.contains("Socket errors")
    else { throw BenchError("wrk did not measure \(url):\n\(output)") }
    return rate
  }

  /// About 1 KB, as a text message is.
  static let body = """
    {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp",\
    "metadata":{"display_phone_number":"420555000111","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Bench Customer"},\
    "wa_id":"420555010203","user_id":"CZ.13491208655302741918"}],"messages":[{"from":"420555010203","from_user_id":"CZ.13491208655302741918",\
    "id":"wamid.HBgMNDIwNTU1MDEwMjAzFQIAEhgUM0E0QkNGNjZFRkQ2QjM5RkQ0NDUA","timestamp":"1790000000","type":"text","text":{"body":"\
    \(String(repeating: "Where is my order? It was to come on Monday. ", count: 10))"}}]},"field":"messages"}]}]}
    """
}

struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
