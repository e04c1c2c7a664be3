import CCurl
import Synchronization

/// A curl multi handle that crosses threads.
///
/// Safe: the pointer is not `Sendable`, but only the loop's thread uses the handle, with one exception: `curl_multi_wakeup`,
/// which libcurl allows from any thread, is called under the mailbox's lock and only while the mailbox is open; the loop closes the
/// mailbox under that lock before it frees the handle.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}

/// What callers ask of the loop's thread.
enum Command: Sendable {
  case start(TransferOrder)
  case cancel(UInt64)
}

/// The only thing that callers and the loop's thread share.
final class Mailbox: Sendable {
  private struct State {
    var commands: [Command] = []
    var isClosing = false
    var isClosed = false
    var whenClosed: [CheckedContinuation<Void, Never>] = []
  }

  private let multi: MultiHandle
  private let state = Mutex(State())

  init(multi: MultiHandle) { self.multi = multi }

  /// False once closing: the command is dropped.
  func post(_ command: Command) -> Bool {
    state.withLock { state in
      guard !state.isClosing else { return false }
      state.commands.append(command)
      _ = curl_multi_wakeup(multi.pointer)
      return true
    }
  }

  func requestClose() {
    state.withLock { state in
      guard !state.isClosing else { return }
      state.isClosing = true
      _ = curl_multi_wakeup(multi.pointer)
    }
  }

  /// Returns when the loop's thread has let go of everything.
  func waitUntilClosed() async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.whenClosed.append(continuation) }
        return state.isClosed
      }
      if isClosed { continuation.resume() }
    }
  }

  func take() -> (commands: [Command], isClosing: Bool) {
    state.withLock { state in
      defer { state.commands.removeAll(keepingCapacity: true) }
      return (state.commands, state.isClosing)
    }
  }

  func markClosed() {
    let waiters = state.withLock { state in
      state.isClosed = true
      defer { state.whenClosed = [] }
      return state.whenClosed
    }
    for waiter in waiters { waiter.resume() }
  }
}
