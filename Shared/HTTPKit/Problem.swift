import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// An error as the caller sees it: RFC 9457, nothing internal in it.
public struct Problem: Error, Sendable, Hashable {
  public let status: Int
  /// A stable code for programs.
  public let code: String
  /// For people.
  public let detail: String
  /// The field or parameter that is wrong.
  public let field: String?
  /// Seconds after which the same request may succeed.
  public let retryAfterSeconds: Int?

  public init(_ status: Int, _ code: String, _ detail: String, field: String? = nil, retryAfterSeconds: Int? = nil) {
    self.status = status
    self.code = code
    self.detail = detail
    self.field = field
    self.retryAfterSeconds = retryAfterSeconds
  }

  public static func badRequest(field: String, _ detail: String) -> Problem { Problem(400, "bad-request", detail, field: field) }
  public static let unauthorized = Problem(401, "unauthorized", "A valid key is needed: Authorization: Bearer <key>.")
  public static func notFound(_ what: String) -> Problem { Problem(404, "not-found", "There is no such \(what).") }
  public static func tooLarge(limitBytes: Int) -> Problem {
    Problem(413, "too-large", "The body is over the limit of \(limitBytes) bytes.")
  }
  public static let unavailable = Problem(
    503, "unavailable", "The event log does not answer at the moment. Nothing was changed; try again.", retryAfterSeconds: 5)
  static let internalError = Problem(500, "internal", "Something went wrong on our side. The log of the service says what.")

  private struct Body: Encodable {
    let type: String
    let title: String
    let status: Int
    let code: String
    let detail: String
    let field: String?
  }

  public func response() -> Response {
    let status = HTTPResponse.Status(code: status)
    let body = Body(
      type: "about:blank", title: status.reasonPhrase, status: self.status, code: code, detail: detail, field: field)
    var headers: HTTPFields = [.contentType: "application/problem+json"]
    if let retryAfterSeconds { headers[.retryAfter] = "\(retryAfterSeconds)" }
    if self.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
    // The body is made of plain strings and numbers: it always encodes.
    let bytes = (try? JSONWriter.encode(body)) ?? []
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
