import CCurl

/// Owns one curl easy handle and the header list that it points to.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?

  init() throws(OutboundError) {
    guard let pointer = curl_easy_init() else {
      throw .other(code: Int(CURLE_FAILED_INIT.rawValue), text: "curl_easy_init", mayHaveBeenSent: false)
    }
    self.pointer = pointer
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headerList)
  }

  func set(_ option: CURLoption, _ value: Int) throws(OutboundError) { try check(ccurl_set_long(pointer, option, value)) }
  func set(_ option: CURLoption, _ value: String) throws(OutboundError) { try check(ccurl_set_string(pointer, option, value)) }

  /// Also for sizes beyond 2 GB on platforms with a short `long`.
  func setSize(_ option: CURLoption, _ value: Int) throws(OutboundError) {
    try check(ccurl_set_size(pointer, option, curl_off_t(value)))
  }

  func setHeaders(_ lines: [String]) throws(OutboundError) {
    for line in lines {
      guard let grown = curl_slist_append(headerList, line) else {
        throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue), text: "curl_slist_append", mayHaveBeenSent: false)
      }
      headerList = grown
    }
    try check(ccurl_set_list(pointer, headerList))
  }

  /// libcurl copies the bytes; the size has to be set before.
  func setBody(_ body: [UInt8]) throws(OutboundError) {
    try setSize(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
    let code = body.withUnsafeBytes { bytes in
      ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(pointer)))
    }
    try check(code)
  }

  var responseStatus: Int {
    var status = 0
    ccurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  func check(_ code: CURLcode) throws(OutboundError) {
    guard code == CURLE_OK else {
      throw .other(code: Int(code.rawValue), text: String(cString: curl_easy_strerror(code)), mayHaveBeenSent: false)
    }
  }
}
