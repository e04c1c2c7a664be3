/// A complete answer, whatever its status.
public struct HTTPResponse: Sendable, Equatable {
  public let status: Int
  public let headers: HTTPHeaders
  public let body: [UInt8]

  public init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
