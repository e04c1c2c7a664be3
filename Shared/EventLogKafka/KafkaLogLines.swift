import CRdKafka
import Logging
import Synchronization

/// librdkafka's own log lines, on their way to swift-log. Called from its threads.
///
/// A broker that is away is reported several times a second: the same kind of line is written once in ``repeatSeconds``, with the number of
/// those left out.
final class KafkaLogLines: Sendable {
  static let repeatSeconds = 30
  static let maxKinds = 64

  private struct Kind {
    var writtenAt: ContinuousClock.Instant
    var leftOut = 0
  }

  private struct State {
    var kinds: [String: Kind] = [:]
    var lastProblem: String?
  }

  private let logger: Logger
  private let state = Mutex(State())

  init(logger: Logger) { self.logger = logger }

  /// The newest line of warning or worse: why the brokers do not answer.
  var lastProblem: String? { state.withLock { $0.lastProblem } }

  func write(level: Int32, facility: String, text: String) {
    let isProblem = level <= 4 || facility == "FAIL"
    let leftOut: Int? = state.withLock { state in
      if isProblem { state.lastProblem = text }
      let now = ContinuousClock.now
      if var kind = state.kinds[facility], now - kind.writtenAt < .seconds(Self.repeatSeconds) {
        kind.leftOut += 1
        state.kinds[facility] = kind
        return nil
      }
      let leftOut = state.kinds[facility]?.leftOut ?? 0
      if state.kinds.count < Self.maxKinds || state.kinds[facility] != nil { state.kinds[facility] = Kind(writtenAt: now) }
      return leftOut
    }
    guard let leftOut else { return }
    var metadata: Logger.Metadata = ["facility": "\(facility)"]
    if leftOut > 0 { metadata["repeated"] = "\(leftOut)" }
    logger.log(level: Self.level(level, facility), "\(text)", metadata: metadata)
  }

  /// syslog's numbers. Lost connections are ordinary: librdkafka calls them errors, and connects again.
  private static func level(_ level: Int32, _ facility: String) -> Logger.Level {
    switch level {
    case ...2: .critical
    case 3: facility == "FAIL" ? .warning : .error
    case 4: .warning
    case 5, 6: .info
    default: .debug
    }
  }
}

/// Called by librdkafka from any of its threads; `rd_kafka_opaque` is the ``HandleContext`` that the handle keeps alive.
let logCallback: @convention(c) (OpaquePointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> Void = {
  rk, level, facility, text in
  guard let rk, let facility, let text, let context = HandleContext.of(rk) else { return }
  context.lines.write(level: level, facility: String(cString: facility), text: String(cString: text))
}
