import Crypto
import Foundation
import Outbound
import Testing

/// `parley up` on an embedded log, and webhooks for it.
final class RunningSuite: Sendable {
  static let appSecret = "secret-of-the-test-app"
  static let token = "token-of-the-test-admin"
  static let environment = [
    "PARLEY_META_APP_SECRET": appSecret, "PARLEY_META_VERIFY_TOKEN": "verify", "PARLEY_ADMIN_TOKEN": token,
  ]

  let process: SuiteProcess
  let url: String

  init(_ folder: TemporaryFolder, port: Int) throws {
    process = try SuiteProcess("parley", ["up", "--data", folder.path, "--port", "\(port)"], environment: Self.environment)
    url = "http://127.0.0.1:\(port)"
  }

  var key: HTTPHeaders { ["Authorization": "Bearer \(Self.token)"] }

  func isListening() async throws {
    let listens = try await until("the suite listens", seconds: 30) { self.process.printed.contains("Parley is at") }
    try #require(listens, "\(process.printed)")
  }

  /// Sends a text message of one customer, and expects the acknowledgement.
  func send(_ id: String, _ text: String, _ client: HTTPClient) async throws {
    let body = """
      {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",\
      "metadata":{"display_phone_number":"4930555010","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Mara Example"},\
      "wa_id":"4915115550123"}],"messages":[{"from":"4915115550123","id":"\(id)","timestamp":"\(Int(Date().timeIntervalSince1970))",\
      "type":"text","text":{"body":"\(text)"}}]}}]}]}
      """
    let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: SymmetricKey(data: Data(Self.appSecret.utf8)))
    let signature = "sha256=" + code.map { String(format: "%02x", $0) }.joined()
    let answer = try await client.send(
      HTTPRequest(
        method: "POST", url: url + "/webhooks/whatsapp", headers: ["Content-Type": "application/json", "X-Hub-Signature-256": signature],
        body: Array(body.utf8)))
    #expect(answer.status == 200)
  }
}
