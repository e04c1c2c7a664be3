import CRdKafka
import EventLog
import Synchronization

/// What becomes of the records of one call: where each was written, or why not. Done when every one is reported.
final class Deliveries: Sendable {
  private struct State {
    var positions: [Position?]
    var open: Int
    var failure: LogError?
  }

  let limits: TopicLimits
  private let state: Mutex<State>
  private let whenDone: (@Sendable (Result<[Position], LogError>) -> Void)?

  init(count: Int, limits: TopicLimits, whenDone: (@Sendable (Result<[Position], LogError>) -> Void)? = nil) {
    self.limits = limits
    self.whenDone = whenDone
    state = Mutex(State(positions: Array(repeating: nil, count: count), open: count))
  }

  /// `nil` while reports are missing.
  var result: Result<[Position], LogError>? { state.withLock { Self.result($0) } }

  /// The first thing that went wrong so far.
  var failure: LogError? { state.withLock(\.failure) }

  func settle(_ index: Int, _ outcome: Result<Position, LogError>) {
    settle { state in
      switch outcome {
      case .success(let position): state.positions[index] = position
      case .failure(let error): state.failure = state.failure ?? error
      }
      state.open -= 1
    }
  }

  /// The last `count` records never went out.
  func giveUp(_ count: Int, _ error: LogError) {
    settle { state in
      state.failure = state.failure ?? error
      state.open -= count
    }
  }

  private func settle(_ change: (inout State) -> Void) {
    let result = state.withLock { state in
      change(&state)
      return Self.result(state)
    }
    if let result { whenDone?(result) }
  }

  private static func result(_ state: State) -> Result<[Position], LogError>? {
    if state.open > 0 { return nil }
    if let failure = state.failure { return .failure(failure) }
    return .success(state.positions.compactMap { $0 })
  }
}

/// Travels with a record through librdkafka, retained by it, and comes back once: with the delivery report.
final class DeliveryTicket: Sendable {
  private let deliveries: Deliveries
  private let index: Int

  init(_ deliveries: Deliveries, _ index: Int) {
    self.deliveries = deliveries
    self.index = index
  }

  func settle(_ message: rd_kafka_message_t, _ handle: OpaquePointer) {
    let topic = String(cString: rd_kafka_topic_name(message.rkt))
    deliveries.settle(index, outcome(message, topic, handle))
  }

  private func outcome(_ message: rd_kafka_message_t, _ topic: String, _ rk: OpaquePointer) -> Result<Position, LogError> {
    switch message.err {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return .success(Position(TopicPartition(topic, message.partition), message.offset))
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
      return .failure(.tooLarge(topic: topic, bytes: message.len + message.key_len, limitBytes: deliveries.limits.limit(of: topic)))
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return .failure(.unknownTopic(topic))
    default:
      let problem = HandleContext.of(rk)?.lines.lastProblem.map { " (last: \($0))" } ?? ""
      return .failure(.unavailable("\(topic): \(KafkaError.text(message.err))\(problem)"))
    }
  }
}

/// Called by librdkafka on the thread that polls the producer.
let deliveryReportCallback: @convention(c) (OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?) -> Void = {
  rk, message, _ in
  guard let rk, let message, let ticket = message.pointee._private else { return }
  Unmanaged<DeliveryTicket>.fromOpaque(ticket).takeRetainedValue().settle(message.pointee, rk)
}
