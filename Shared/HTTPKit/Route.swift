import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// One route as data, so that the OpenAPI document can be held against all of them.
public struct Route: Sendable {
  public enum Access: Sendable, Hashable {
    /// For anybody: webhooks with their own signature, health, the page.
    case open
    /// For holders of a key.
    case key
  }

  public let method: HTTPRequest.Method
  /// With parameters in braces, as OpenAPI and Hummingbird write them: `/api/conversations/{id}`.
  public let path: String
  public let access: Access
  /// The query parameters it takes; any other is refused by name.
  public let query: [String]
  let handler: @Sendable (Call) async throws -> Response

  public init(
    _ method: HTTPRequest.Method, _ path: String, access: Access = .key, query: [String] = [],
    handler: @escaping @Sendable (Call) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.query = query
    self.handler = handler
  }
}

/// One request to a route.
public struct Call: Sendable {
  public let request: Request
  let parameters: Parameters

  /// A parameter of the path.
  public func parameter(_ name: String) throws -> String {
    guard let value = parameters.get(name) else { throw Problem.badRequest(field: name, "It is missing in the path.") }
    return value
  }

  /// A parameter of the query; given twice it is refused.
  public func query(_ name: String) throws -> String? {
    let values = request.uri.queryParameters.getAll(name)
    guard values.count <= 1 else { throw Problem.badRequest(field: name, "It is given more than once.") }
    return values.first
  }

  /// The whole body.
  ///
  /// - Throws: 413 over `maxBytes`; nothing beyond that is read into memory.
  public func body(maxBytes: Int) async throws -> ByteBuffer {
    if let length = request.headers[.contentLength].flatMap(Int.init), length > maxBytes { throw Problem.tooLarge(limitBytes: maxBytes) }
    do {
      return try await request.body.collect(upTo: maxBytes)
    } catch is NIOTooManyBytesError {
      throw Problem.tooLarge(limitBytes: maxBytes)
    }
  }

  /// The body as JSON of this shape.
  public func json<T: Decodable>(_ type: T.Type = T.self, maxBytes: Int = 1 << 20) async throws -> T {
    let bytes = Array(buffer: try await body(maxBytes: maxBytes))
    do {
      return try JSONReader.decode(T.self, from: bytes)
    } catch let error as JSONError {
      throw Problem.badRequest(field: error.path, error.reason)
    }
  }
}

extension Response {
  public static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws -> Response {
    var headers = headers
    headers[.contentType] = "application/json"
    headers[.cacheControl] = "no-store"
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONWriter.encode(value))))
  }

  public static func text(_ text: String, status: HTTPResponse.Status = .ok, contentType: String = "text/plain; charset=utf-8") -> Response
  {
    Response(
      status: status, headers: [.contentType: contentType, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
