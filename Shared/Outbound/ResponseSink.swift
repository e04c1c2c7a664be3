/// Where the bytes of an answer's body go.
enum ResponseSink {
  case body(BodySink)
  case lines(LineSink)

  var isStream: Bool {
    if case .lines = self { true } else { false }
  }

  var isOverrun: Bool {
    switch self {
    case .body(let sink): sink.isOverrun
    case .lines(let sink): sink.isOverrun
    }
  }

  /// False stops the transfer.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .body(let sink): sink.receive(bytes)
    case .lines(let sink): sink.receive(bytes)
    }
  }

  func finish() -> [UInt8] {
    switch self {
    case .body(let sink): return sink.bytes
    case .lines(let sink):
      sink.finish()
      return []
    }
  }
}

/// Collects a whole body up to its bound.
final class BodySink {
  private(set) var bytes: [UInt8] = []
  private(set) var isOverrun = false
  private let maxBytes: Int

  init(maxBytes: Int) { self.maxBytes = maxBytes }

  func receive(_ more: UnsafeRawBufferPointer) -> Bool {
    isOverrun = bytes.count + more.count > maxBytes
    if !isOverrun { bytes.append(contentsOf: more) }
    return !isOverrun
  }
}

/// Cuts a body into lines (LF or CR LF) as they come.
final class LineSink {
  private(set) var isOverrun = false
  private var line: [UInt8] = []
  private let continuation: AsyncThrowingStream<String, any Error>.Continuation
  private let maxLineBytes: Int

  init(_ continuation: AsyncThrowingStream<String, any Error>.Continuation, maxLineBytes: Int) {
    self.continuation = continuation
    self.maxLineBytes = maxLineBytes
  }

  func receive(_ more: UnsafeRawBufferPointer) -> Bool {
    for byte in more where !isOverrun {
      if byte == UInt8(ascii: "\n") {
        yieldLine()
      } else {
        isOverrun = line.count >= maxLineBytes
        if !isOverrun { line.append(byte) }
      }
    }
    return !isOverrun
  }

  /// A last line without its end still counts.
  func finish() {
    if !line.isEmpty { yieldLine() }
  }

  private func yieldLine() {
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    if case .dropped = continuation.yield(String(decoding: line, as: UTF8.self)) { isOverrun = true }
    line.removeAll(keepingCapacity: true)
  }
}
