import HTTPKit
import HTTPTypes
import Hummingbird
import NIOCore

/// The page at `/`: conversations as they arrive, until the console takes its place. Its three files are part of the program.
struct WebPage: Sendable {
  private static let headers: HTTPFields = [
    .contentSecurityPolicy:
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
      + "form-action 'none'; frame-ancestors 'none'",
    .xContentTypeOptions: "nosniff", .init("Referrer-Policy")!: "no-referrer", .cacheControl: "no-cache",
  ]

  var routes: [Route] {
    [
      file("/", PackageResources.index_html, "text/html; charset=utf-8"),
      file("/live.js", PackageResources.live_js, "text/javascript; charset=utf-8"),
      file("/style.css", PackageResources.style_css, "text/css; charset=utf-8"),
    ]
  }

  private func file(_ path: String, _ bytes: [UInt8], _ type: String) -> Route {
    Route(.get, path, access: .open) { _ in
      var headers = Self.headers
      headers[.contentType] = type
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
  }
}
