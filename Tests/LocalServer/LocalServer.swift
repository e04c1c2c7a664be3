import Foundation
import Synchronization

/// A small HTTP/1.1 server on a free loopback port, one thread for each connection, that answers as the test says.
package final class LocalServer: Sendable {
  package struct Request: Sendable {
    package let method: String
    package let path: String
    package let headers: [String: String]
    package let body: [UInt8]
  }

  package enum Reply: Sendable {
    case answer(Int, headers: [String: String] = [:], body: String = "")
    /// The chunks go out one by one; then the connection closes.
    case stream([String])
    /// Holds the connection without a word until the server stops.
    case silence
    /// Closes the connection without a word.
    case hangUp
  }

  package typealias Handler = @Sendable (Request) -> Reply

  package let port: Int
  private let listener: Int32
  private let handler: Handler
  private let seen = Mutex<[Request]>([])
  private let connections = Mutex<Set<Int32>>([])

  package init(_ handler: @escaping Handler) throws {
    self.handler = handler
    (listener, port) = try Connection.listenOnLoopback()
    let thread = Thread { [self] in acceptAll() }
    thread.start()
  }

  package var url: String { "http://127.0.0.1:\(port)" }
  package var requests: [Request] { seen.withLock { $0 } }

  /// Ends the server's threads; without it they live as long as the test process.
  package func stop() {
    Connection.shut(listener)
    connections.withLock { for descriptor in $0 { Connection.shut(descriptor) } }
  }

  private func acceptAll() {
    while let descriptor = Connection.accept(on: listener) {
      connections.withLock { _ = $0.insert(descriptor) }
      let thread = Thread { [self] in
        serve(Connection(descriptor))
        connections.withLock { _ = $0.remove(descriptor) }
        Connection.close(descriptor)
      }
      thread.start()
    }
    Connection.close(listener)
  }

  private func serve(_ connection: Connection) {
    while let request = connection.readRequest() {
      seen.withLock { $0.append(request) }
      switch handler(request) {
      case .answer(let status, let headers, let body):
        let isHead = request.method == "HEAD"
        var head = "HTTP/1.1 \(status) Said\r\nContent-Length: \(body.utf8.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        guard connection.write(head + "\r\n" + (isHead ? "" : body)) else { return }
      case .stream(let chunks):
        guard connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n") else { return }
        for chunk in chunks where !connection.write(chunk) { return }
        return
      case .silence:
        _ = connection.readRequest()
        return
      case .hangUp: return
      }
    }
  }
}
