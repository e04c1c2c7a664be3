import CCurl

extension EasyHandle {
  /// Sets everything but the callbacks.
  func configure(_ order: TransferOrder, _ settings: HTTPClientSettings, isStream: Bool) throws(OutboundError) {
    try set(CURLOPT_URL, order.request.url)
    try set(CURLOPT_NOSIGNAL, 1)
    try check(ccurl_allow_http_only(pointer))
    try setConnection(order, settings)
    if isStream {
      try set(CURLOPT_LOW_SPEED_LIMIT, 1)
      try set(CURLOPT_LOW_SPEED_TIME, settings.streamIdleSeconds)
    }
    try setMessage(order.request, settings)
    if order.request.followsRedirects {
      try set(CURLOPT_FOLLOWLOCATION, 1)
      try set(CURLOPT_MAXREDIRS, maxRedirects)
    }
  }

  private func setConnection(_ order: TransferOrder, _ settings: HTTPClientSettings) throws(OutboundError) {
    let left = ContinuousClock.now.duration(to: order.deadline)
    let leftMilliseconds = max(1, Int(left / .milliseconds(1)))
    try set(CURLOPT_TIMEOUT_MS, leftMilliseconds)
    try set(CURLOPT_CONNECTTIMEOUT_MS, min(settings.connectTimeoutMilliseconds, leftMilliseconds))
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Waits for a connection that may turn out to carry many streams; plain HTTP never does.
    if order.request.url.lowercased().hasPrefix("https:") { try set(CURLOPT_PIPEWAIT, 1) }
    if let authorityFile = settings.authorityFile { try set(CURLOPT_CAINFO, authorityFile) }
  }

  private func setMessage(_ request: HTTPRequest, _ settings: HTTPClientSettings) throws(OutboundError) {
    switch request.method {
    case "GET" where request.body.isEmpty: try set(CURLOPT_HTTPGET, 1)
    case "HEAD": try set(CURLOPT_NOBODY, 1)
    case "POST":
      try set(CURLOPT_POST, 1)
      try setBody(request.body)
    default:
      if !request.body.isEmpty || ["PUT", "PATCH"].contains(request.method) {
        try set(CURLOPT_POST, 1)
        try setBody(request.body)
      }
      try set(CURLOPT_CUSTOMREQUEST, request.method)
    }
    try set(CURLOPT_USERAGENT, settings.userAgent)
    // libcurl writes a field without a value only with ";", and drops its own default for "Name:".
    var lines = request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    lines.append("Expect:")
    if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
    try setHeaders(lines)
  }

  private var maxRedirects: Int { 5 }
}
