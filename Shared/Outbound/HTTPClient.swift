import CCurl
import Foundation
import Synchronization

/// An HTTP client over libcurl: one thread of its own, pooled connections, HTTP/2 where TLS offers it, certificates always verified.
///
/// Proxies are taken from the environment as libcurl does (`https_proxy`, `no_proxy`).
public final class HTTPClient: Sendable {
  private let settings: HTTPClientSettings
  private let mailbox: Mailbox
  private let nextID = Atomic<UInt64>(0)

  /// Starts the thread. Throws `other` if libcurl has no memory.
  public init(_ settings: HTTPClientSettings = HTTPClientSettings()) throws(OutboundError) {
    guard Self.isLibraryReady, let pointer = curl_multi_init() else {
      throw .other(code: Int(CURLE_FAILED_INIT.rawValue), text: "libcurl could not be initialised", mayHaveBeenSent: false)
    }
    ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, settings.maxIdleConnections)
    let multi = MultiHandle(pointer: pointer)
    let mailbox = Mailbox(multi: multi)
    let thread = Thread { TransferLoop(multi, mailbox, settings).run() }
    thread.name = "outbound"
    thread.start()
    self.settings = settings
    self.mailbox = mailbox
  }

  deinit { mailbox.requestClose() }

  /// Ends the thread; what is on its way fails. Later requests fail with `closed`.
  public func close() async {
    mailbox.requestClose()
    await mailbox.waitUntilClosed()
  }

  /// Sends a request and collects the answer, whatever its status. Cancelling the task removes the transfer.
  public func send(_ request: HTTPRequest) async throws(OutboundError) -> HTTPResponse {
    try request.check()
    let id = makeID()
    let mark = CancelMark()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        begin(order(id, request, mark, .whole(continuation)))
      }
    } onCancel: {
      cancel(id, mark)
    }
    return try result.get()
  }

  /// The lines of an answer as they come, for server-sent events; `timeoutMilliseconds` is the longest the stream may last.
  ///
  /// Throws `OutboundError`: `unexpectedStatus` if the answer is not 2xx, `tooLarge` for a line over its bound and for a reader that
  /// falls `maxBufferedLines` behind. Ending the iteration ends the transfer.
  public func lines(_ request: HTTPRequest) -> AsyncThrowingStream<String, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingOldest(settings.maxBufferedLines)) { continuation in
      do throws(OutboundError) {
        try request.check()
      } catch {
        return continuation.finish(throwing: error)
      }
      let id = makeID()
      let mark = CancelMark()
      continuation.onTermination = { [self] reason in
        if case .cancelled = reason { cancel(id, mark) }
      }
      begin(order(id, request, mark, .lines(continuation)))
    }
  }

  private func makeID() -> UInt64 { nextID.wrappingAdd(1, ordering: .relaxed).newValue }

  private func order(_ id: UInt64, _ request: HTTPRequest, _ mark: CancelMark, _ receiver: Receiver) -> TransferOrder {
    let deadline = ContinuousClock.now.advanced(by: .milliseconds(request.timeoutMilliseconds))
    return TransferOrder(id: id, request: request, deadline: deadline, mark: mark, receiver: receiver)
  }

  private func begin(_ order: TransferOrder) {
    if !mailbox.post(.start(order)) { order.receiver.finish(.failure(.closed)) }
  }

  /// The mark is set first: the command may reach the loop before the order does.
  private func cancel(_ id: UInt64, _ mark: CancelMark) {
    mark.set()
    _ = mailbox.post(.cancel(id))
  }

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
