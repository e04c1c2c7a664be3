/// One request. Redirects are answers like any other unless `followsRedirects` is set.
public struct HTTPRequest: Sendable, Equatable {
  public var method: String
  public var url: String
  public var headers: HTTPHeaders
  public var body: [UInt8]
  /// From the call of `send` to the last byte of the answer, time in the client's queue included.
  public var timeoutMilliseconds: Int
  /// The client's own bound where nil.
  public var maxResponseBytes: Int?
  public var followsRedirects: Bool

  public init(
    method: String = "GET", url: String, headers: HTTPHeaders = [:], body: [UInt8] = [], timeoutMilliseconds: Int = 30_000,
    maxResponseBytes: Int? = nil, followsRedirects: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
    self.maxResponseBytes = maxResponseBytes
    self.followsRedirects = followsRedirects
  }

  /// A method that may be repeated without doubling its effect (RFC 9110, section 9.2.2).
  var isIdempotent: Bool { ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(method) }

  /// Refuses what would change the shape of the message on the wire, or leave HTTP.
  func check() throws(OutboundError) {
    let lowered = url.prefix(8).lowercased()
    guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://") else { throw .invalidRequest("the URL is not http or https") }
    guard !method.isEmpty, method.utf8.allSatisfy(Self.isTokenByte) else { throw .invalidRequest("the method is not a token") }
    guard timeoutMilliseconds > 0 else { throw .invalidRequest("the time-out is not positive") }
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw .invalidRequest("the URL has blanks or control characters") }
    for field in headers.fields {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isTokenByte) else {
        throw .invalidRequest("a header name is not a token")
      }
      guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
        throw .invalidRequest("the header \(field.name) has control characters")
      }
    }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
