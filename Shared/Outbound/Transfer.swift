import CCurl

/// One request on the wire. Lives on the loop's thread only.
final class Transfer {
  let order: TransferOrder
  let easy: EasyHandle
  private var sink: ResponseSink
  private var headers = HTTPHeaders()
  private var headerBytes = 0
  private var requestsBegun = 0
  private let maxHeaderBytes: Int

  init(_ order: TransferOrder, _ settings: HTTPClientSettings) throws(OutboundError) {
    self.order = order
    easy = try EasyHandle()
    maxHeaderBytes = settings.maxHeaderBytes
    switch order.receiver {
    case .whole: sink = .body(BodySink(maxBytes: order.request.maxResponseBytes ?? settings.maxResponseBytes))
    case .lines(let continuation): sink = .lines(LineSink(continuation, maxLineBytes: settings.maxLineBytes))
    }
    try easy.configure(order, settings, isStream: sink.isStream)
    try setCallbacks()
  }

  /// The loop keeps the transfer until libcurl has let go of its handle, so the unretained reference stays good.
  private func setCallbacks() throws(OutboundError) {
    let this = Unmanaged.passUnretained(self).toOpaque()
    try easy.check(ccurl_set_pointer(easy.pointer, CURLOPT_WRITEDATA, this))
    try easy.check(
      ccurl_set_write(easy.pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, this in
        Transfer.from(this).receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
      })
    try easy.check(ccurl_set_pointer(easy.pointer, CURLOPT_HEADERDATA, this))
    try easy.check(
      ccurl_set_write(easy.pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, this in
        Transfer.from(this).receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
      })
    try easy.check(ccurl_set_pointer(easy.pointer, CURLOPT_PREREQDATA, this))
    try easy.check(
      ccurl_set_prereq(easy.pointer) { this, _, _, _, _ in
        Transfer.from(this).beginRequest() ? CInt(CURL_PREREQFUNC_OK) : CInt(CURL_PREREQFUNC_ABORT)
      })
  }

  private static func from(_ opaque: UnsafeMutableRawPointer?) -> Transfer {
    Unmanaged<Transfer>.fromOpaque(opaque.unsafelyUnwrapped).takeUnretainedValue()
  }

  /// libcurl calls this when a connection stands and nothing of the request has left. It sends a request a second time by itself if a
  /// reused connection closes without an answer; the peer may have acted on the first, so only methods that may repeat are let through.
  private func beginRequest() -> Bool {
    requestsBegun += 1
    return requestsBegun == 1 || order.request.isIdempotent || order.request.followsRedirects
  }

  private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= maxHeaderBytes else { return false }
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      headers = HTTPHeaders()  // After a redirect or a 1xx answer only the last block counts.
    } else if let colon = text.firstIndex(of: ":") {
      headers.add(String(text[..<colon]), trimmed(text[text.index(after: colon)...]))
    }
    return true
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let status = easy.responseStatus
    if sink.isStream, !(200..<300).contains(status) { return false }
    return sink.receive(bytes)
  }

  /// Tells the receiver how it ended.
  func finish(_ code: CURLcode) {
    order.receiver.finish(result(code))
  }

  func abandon(_ error: (_ mayHaveBeenSent: Bool) -> OutboundError) {
    order.receiver.finish(.failure(error(requestsBegun > 0)))
  }

  private func result(_ code: CURLcode) -> Result<HTTPResponse, OutboundError> {
    let status = easy.responseStatus
    if sink.isStream, status != 0, !(200..<300).contains(status) { return .failure(.unexpectedStatus(status)) }
    if sink.isOverrun || headerBytes > maxHeaderBytes { return .failure(.tooLarge) }
    guard code == CURLE_OK else { return .failure(OutboundError(code, mayHaveBeenSent: requestsBegun > 0)) }
    return .success(HTTPResponse(status: status, headers: headers, body: sink.finish()))
  }

  private func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    let tail = text.drop(while: isBlank)
    return String(tail.reversed().drop(while: isBlank).reversed())
  }
}
