import HTTPTypes
import Hummingbird
import NIOCore

/// Writes server-sent events (WHATWG HTML, section 9.2). A write waits until the client has taken what came before.
public struct EventStreamWriter {
  private var body: any ResponseBodyWriter

  init(_ body: any ResponseBodyWriter) { self.body = body }

  /// - Parameter data: one line; JSON as our encoder writes it has no line breaks.
  public mutating func event(id: String?, name: String, data: [UInt8]) async throws {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(data.count + 128)
    if let id { buffer.writeString("id: \(id)\n") }
    buffer.writeString("event: \(name)\ndata: ")
    buffer.writeBytes(data)
    buffer.writeString("\n\n")
    try await body.write(buffer)
  }

  /// A comment that keeps proxies from closing an idle stream.
  public mutating func heartbeat() async throws { try await body.write(ByteBuffer(string: ": \n\n")) }

  mutating func finish() async throws { try await body.finish(nil) }
}

extension Response {
  /// A response that lasts: ends when `events` returns or throws, or when the client goes away.
  public static func eventStream(_ events: @escaping @Sendable (inout EventStreamWriter) async throws -> Void) -> Response {
    let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store", .init("X-Accel-Buffering")!: "no"]
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { body in
        var writer = EventStreamWriter(body)
        try await events(&writer)
        try await writer.finish()
      })
  }
}
