import CCurl

extension OutboundError {
  /// - Parameter mayHaveBeenSent: whether a connection stood and the request had begun.
  init(_ code: CURLcode, mayHaveBeenSent: Bool) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .resolve
    case CURLE_COULDNT_CONNECT: self = .couldNotConnect
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut(mayHaveBeenSent: mayHaveBeenSent)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      let text = String(cString: curl_easy_strerror(code))
      self = mayHaveBeenSent ? .other(code: Int(code.rawValue), text: text, mayHaveBeenSent: true) : .tls(text)
    case CURLE_ABORTED_BY_CALLBACK:
      // Only `beginRequest` aborts: see there.
      self = .other(code: Int(CURLE_GOT_NOTHING.rawValue), text: "the connection closed without an answer", mayHaveBeenSent: true)
    default:
      self = .other(code: Int(code.rawValue), text: String(cString: curl_easy_strerror(code)), mayHaveBeenSent: mayHaveBeenSent)
    }
  }
}
