import CRdKafka
import EventLog

extension KafkaCluster {
  /// Sends an admin request, waits for its answer and reads it; the answer's memory ends with `read`.
  func admin<R>(
    _ operation: rd_kafka_admin_op_t, _ doing: String, send: (_ options: OpaquePointer?, _ queue: OpaquePointer?) -> Void,
    read: (OpaquePointer) throws -> R
  ) throws -> R {
    let options = rd_kafka_AdminOptions_new(handle.rk, operation)
    defer { rd_kafka_AdminOptions_destroy(options) }
    var text = [CChar](repeating: 0, count: 256)
    rd_kafka_AdminOptions_set_request_timeout(options, Int32(clamping: timeoutMilliseconds), &text, text.count)
    let queue = rd_kafka_queue_new(handle.rk)
    defer { rd_kafka_queue_destroy(queue) }
    send(options, queue)
    // librdkafka answers by its own time-out; the second one only keeps this call bounded.
    guard let event = rd_kafka_queue_poll(queue, Int32(clamping: timeoutMilliseconds * 2)) else {
      throw KafkaError(code: RD_KAFKA_RESP_ERR__TIMED_OUT, reason: "\(doing): no answer").logError(handle)
    }
    defer { rd_kafka_event_destroy(event) }
    let code = rd_kafka_event_error(event)
    if code != RD_KAFKA_RESP_ERR_NO_ERROR {
      let reason = rd_kafka_event_error_string(event).map { String(cString: $0) } ?? KafkaError.text(code)
      throw KafkaError(code: code, reason: "\(doing): \(reason)").logError(handle)
    }
    return try read(event)
  }
}
