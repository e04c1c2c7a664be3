import Crypto
import EventLog
import Events
import HTTPKit
import HTTPTypes
import Hummingbird
import ServiceKit

/// `/webhooks/whatsapp`: the handshake, and bodies, which are answered 200 only when the log has them. Nothing is parsed here.
struct WebhookRoutes: Sendable {
  static let path = "/webhooks/whatsapp"
  static let maxContentTypeBytes = 256

  let log: any EventLog
  let signature: WebhookSignature
  let verifyToken: String?
  let maxBodyBytes: Int
  let now: @Sendable () -> Timestamp

  init(log: any EventLog, apps: [MetaApp], verifyToken: String?, maxBodyBytes: Int, now: @escaping @Sendable () -> Timestamp) {
    self.log = log
    signature = WebhookSignature(apps: apps)
    self.verifyToken = verifyToken
    self.maxBodyBytes = maxBodyBytes
    self.now = now
  }

  var routes: [Route] {
    [
      Route(.get, Self.path, access: .open, query: ["hub.mode", "hub.verify_token", "hub.challenge"]) { try handshake($0) },
      Route(.post, Self.path, access: .open) { try await receive($0) },
    ]
  }

  private func handshake(_ call: Call) throws -> Response {
    guard try call.query("hub.mode") == "subscribe", let challenge = try call.query("hub.challenge"),
      let token = try call.query("hub.verify_token"), let verifyToken,
      SHA256.hash(data: Array(token.utf8)) == SHA256.hash(data: Array(verifyToken.utf8))
    else { throw Problem(403, "forbidden", "The verify token is wrong, or this is no handshake.") }
    return .text(challenge)
  }

  private func receive(_ call: Call) async throws -> Response {
    let body = Array(buffer: try await call.body(maxBytes: maxBodyBytes))
    guard let app = signature.app(signing: body, header: call.request.headers[.hubSignature]) else {
      throw Problem(401, "bad-signature", "The signature is missing or wrong.")
    }
    let received = now()
    let contentType = call.request.headers[.contentType].map { String($0.prefix(Self.maxContentTypeBytes)) }
    _ = try await log.append([
      RawRecord(app: app, body: body, receivedAt: received, contentType: contentType).outgoing
    ])
    return .text("ok")
  }
}

extension HTTPField.Name {
  /// The name is a valid token, so it always exists.
  fileprivate static let hubSignature = HTTPField.Name("X-Hub-Signature-256")!
}
