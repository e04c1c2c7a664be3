import CRdKafka
import EventLog
import Logging
import Synchronization

/// What callbacks of a handle can reach.
final class HandleContext: Sendable {
  let lines: KafkaLogLines
  /// Filled by the rebalance callback, on the thread that polls.
  let rebalances = Mutex<[Rebalance]>([])

  init(lines: KafkaLogLines) { self.lines = lines }

  static func of(_ rk: OpaquePointer) -> HandleContext? {
    rd_kafka_opaque(rk).map { Unmanaged<HandleContext>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// Owns one librdkafka client.
///
/// Safe: the pointer never changes, librdkafka's functions on `rd_kafka_t` may be called from any thread, and the client is
/// destroyed only when nothing refers to this object any more.
final class KafkaHandle: @unchecked Sendable {
  let rk: OpaquePointer
  let context: HandleContext

  init(_ type: rd_kafka_type_t, _ configuration: KafkaConfiguration, logger: Logger) throws {
    let conf = try configuration.makeConf()
    context = HandleContext(lines: KafkaLogLines(logger: logger))
    rd_kafka_conf_set_opaque(conf, Unmanaged.passUnretained(context).toOpaque())
    rd_kafka_conf_set_log_cb(conf, logCallback)
    switch configuration.role {
    case .appender, .transactional: rd_kafka_conf_set_dr_msg_cb(conf, deliveryReportCallback)
    case .member: rd_kafka_conf_set_rebalance_cb(conf, rebalanceCallback)
    case .follower, .query: break
    }
    var text = [CChar](repeating: 0, count: 512)
    guard let made = rd_kafka_new(type, conf, &text, text.count) else {
      rd_kafka_conf_destroy(conf)
      throw LogError.unusable("the Kafka settings do not work: \(string(text))")
    }
    rk = made
    // Everything for the consumer comes through its own queue, so that one poll serves callbacks too.
    if type == RD_KAFKA_CONSUMER, case .query = configuration.role {} else if type == RD_KAFKA_CONSUMER { rd_kafka_poll_set_consumer(made) }
  }

  deinit {
    // Leaving a group is done before, with a bound (``GroupMembership/leave``); here it could wait for ever.
    rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
  }

  /// The error after which librdkafka refuses all work of this handle.
  var fatalError: KafkaError? {
    var text = [CChar](repeating: 0, count: 512)
    let code = rd_kafka_fatal_error(rk, &text, text.count)
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    return KafkaError(code: code, reason: string(text), isFatal: true)
  }

  func checkFatal() throws {
    if let fatalError { throw fatalError.logError(self) }
  }

  /// For a function that answers with a code.
  func check(_ code: rd_kafka_resp_err_t, _ doing: String, topic: String? = nil) throws {
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    throw KafkaError(code: code, reason: doing + ": " + KafkaError.text(code)).logError(self, topic: topic)
  }
}
