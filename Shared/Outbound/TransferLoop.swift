import CCurl

/// The event loop over libcurl's multi interface. Made, run and ended on one thread.
final class TransferLoop {
  private let multi: UnsafeMutableRawPointer
  private let mailbox: Mailbox
  private let settings: HTTPClientSettings
  private var running: [UInt64: Transfer] = [:]
  private var idsByHandle: [UnsafeMutableRawPointer: UInt64] = [:]
  private var waiting: [TransferOrder] = []

  init(_ multi: MultiHandle, _ mailbox: Mailbox, _ settings: HTTPClientSettings) {
    self.multi = multi.pointer
    self.mailbox = mailbox
    self.settings = settings
  }

  /// Returns after the mailbox was asked to close; then every receiver is finished and the multi handle is gone.
  func run() {
    while true {
      let (commands, isClosing) = mailbox.take()
      for command in commands { obey(command) }
      if isClosing { break }
      advance()
      expireWaiting()
      startWaiting()
      curl_multi_poll(multi, nil, 0, waiting.isEmpty ? idlePollMilliseconds : expiryPollMilliseconds, nil)
    }
    end()
  }

  private func obey(_ command: Command) {
    switch command {
    case .start(let order):
      if order.mark.isSet {
        order.receiver.finish(.failure(.cancelled(mayHaveBeenSent: false)))
      } else if waiting.count >= settings.maxWaitingTransfers {
        order.receiver.finish(.failure(.overloaded))
      } else {
        waiting.append(order)
        startWaiting()
      }
    case .cancel(let id):
      if let transfer = remove(id) {
        transfer.abandon { .cancelled(mayHaveBeenSent: $0) }
      } else if let index = waiting.firstIndex(where: { $0.id == id }) {
        waiting.remove(at: index).receiver.finish(.failure(.cancelled(mayHaveBeenSent: false)))
      }
    }
  }

  private func advance() {
    var stillRunning: CInt = 0
    curl_multi_perform(multi, &stillRunning)
    var left: CInt = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let id = idsByHandle[message.pointee.easy_handle] else { continue }
      let code = ccurl_message_result(message)  // The message does not outlive the removal of its handle.
      remove(id)?.finish(code)
    }
  }

  private func startWaiting() {
    let count = min(waiting.count, settings.maxConcurrentTransfers - running.count)
    guard count > 0 else { return }
    for order in waiting.prefix(count) { start(order) }
    waiting.removeFirst(count)
  }

  private func start(_ order: TransferOrder) {
    do throws(OutboundError) {
      let transfer = try Transfer(order, settings)
      let code = curl_multi_add_handle(multi, transfer.easy.pointer)
      guard code == CURLM_OK else {
        throw .other(code: Int(code.rawValue), text: String(cString: curl_multi_strerror(code)), mayHaveBeenSent: false)
      }
      running[order.id] = transfer
      idsByHandle[transfer.easy.pointer] = order.id
    } catch {
      order.receiver.finish(.failure(error))
    }
  }

  private func remove(_ id: UInt64) -> Transfer? {
    guard let transfer = running.removeValue(forKey: id) else { return nil }
    idsByHandle[transfer.easy.pointer] = nil
    curl_multi_remove_handle(multi, transfer.easy.pointer)
    return transfer
  }

  private func expireWaiting() {
    guard !waiting.isEmpty else { return }
    let now = ContinuousClock.now
    for order in waiting where order.deadline <= now { order.receiver.finish(.failure(.timedOut(mayHaveBeenSent: false))) }
    waiting.removeAll { $0.deadline <= now }
  }

  private func end() {
    for id in Array(running.keys) { remove(id)?.abandon { $0 ? .cancelled(mayHaveBeenSent: true) : .closed } }
    for order in waiting { order.receiver.finish(.failure(.closed)) }
    waiting = []
    curl_multi_cleanup(multi)
    mailbox.markClosed()
  }

  /// A wake-up ends a poll at once; these only bound it.
  private var idlePollMilliseconds: CInt { 60_000 }
  private var expiryPollMilliseconds: CInt { 100 }
}
