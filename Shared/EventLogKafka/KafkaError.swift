import CRdKafka
import EventLog

/// An error of librdkafka, before it is known what it means for the caller.
struct KafkaError: Error {
  let code: rd_kafka_resp_err_t
  let reason: String
  var isFatal = false
  var isRetriable = false
  var requiresAbort = false

  static func text(_ code: rd_kafka_resp_err_t) -> String { String(cString: rd_kafka_err2str(code)) }
}

extension KafkaError {
  /// Takes over an `rd_kafka_error_t`; `nil` is success.
  static func check(_ error: OpaquePointer?) throws(KafkaError) {
    guard let error else { return }
    defer { rd_kafka_error_destroy(error) }
    throw KafkaError(
      code: rd_kafka_error_code(error), reason: String(cString: rd_kafka_error_string(error)),
      isFatal: rd_kafka_error_is_fatal(error) != 0, isRetriable: rd_kafka_error_is_retriable(error) != 0,
      requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0)
  }

  /// What it means for whoever called. The newest line of librdkafka's log tells more than "timed out" and goes with it.
  func logError(_ handle: KafkaHandle, topic: String? = nil) -> LogError {
    if code == RD_KAFKA_RESP_ERR__FATAL, let cause = handle.fatalError { return cause.logError(handle, topic: topic) }
    if Self.fencing.contains(code.rawValue) { return .fenced(reason) }
    if let topic, Self.unknownTopic.contains(code.rawValue) { return .unknownTopic(topic) }
    if isFatal || Self.unusable.contains(code.rawValue) { return .unusable(reason) }
    guard let problem = handle.context.lines.lastProblem else { return .unavailable(reason) }
    return .unavailable("\(reason) (last: \(problem))")
  }

  private static let fencing = raw([
    RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
    RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID,
  ])

  private static let unknownTopic = raw([
    RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
  ])

  /// A person must act: trying again meets the same answer.
  private static let unusable = raw([
    RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
    RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
    RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR_INVALID_CONFIG,
    RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
    RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT,
    RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT, RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL,
  ])

  private static func raw(_ codes: [rd_kafka_resp_err_t]) -> Set<Int32> { Set(codes.map(\.rawValue)) }
}

extension KafkaError {
  /// For calls whose errors need no decision of their own.
  static func checkLog(_ error: OpaquePointer?, _ handle: KafkaHandle) throws {
    do { try check(error) } catch { throw error.logError(handle) }
  }
}
