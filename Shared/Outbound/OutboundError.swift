/// Why a request has no answer.
public enum OutboundError: Error, Equatable, Sendable {
  /// Never left: the request itself is wrong.
  case invalidRequest(String)
  /// Never left: `maxWaitingTransfers` is reached.
  case overloaded
  /// Never left: the client is closed.
  case closed
  case resolve
  case couldNotConnect
  /// The handshake failed, or the peer's certificate is not trusted.
  case tls(String)
  case timedOut(mayHaveBeenSent: Bool)
  case cancelled(mayHaveBeenSent: Bool)
  /// The answer is larger than its bound, or its reader too slow for a bounded buffer.
  case tooLarge
  /// A stream of lines was answered with something else than 2xx.
  case unexpectedStatus(Int)
  /// Any other failure, with libcurl's number and text.
  case other(code: Int, text: String, mayHaveBeenSent: Bool)

  /// Whether the peer may have seen the request: if so, repeating it can double its effect.
  public var mayHaveBeenSent: Bool {
    switch self {
    case .invalidRequest, .overloaded, .closed, .resolve, .couldNotConnect, .tls: false
    case .tooLarge, .unexpectedStatus: true
    case .timedOut(let sent), .cancelled(let sent), .other(_, _, let sent): sent
    }
  }
}
