import CRdKafka
import EventLog

/// What a consumer's poll can bring.
enum Consumed {
  case record(Record)
  /// All that is committed was read; the next record will stand at this offset or after it.
  case end(TopicPartition, next: Int64)
  case failure(KafkaError, TopicPartition?)
  /// A record that the caller has moved away from.
  case stale
}

extension KafkaHandle {
  /// One message of a consumer, copied out of librdkafka's memory; `nil` when none has come in time.
  func consume(timeoutMilliseconds: Int) -> Consumed? {
    guard let message = rd_kafka_consumer_poll(rk, Int32(clamping: timeoutMilliseconds)) else { return nil }
    defer { rd_kafka_message_destroy(message) }
    return Consumed(message)
  }
}

extension Consumed {
  init(_ pointer: UnsafeMutablePointer<rd_kafka_message_t>) {
    let message = pointer.pointee
    let partition = message.rkt.map { TopicPartition(String(cString: rd_kafka_topic_name($0)), message.partition) }
    switch (message.err, partition) {
    case (RD_KAFKA_RESP_ERR_NO_ERROR, let partition?):
      self = .record(
        Record(
          partition: partition, offset: message.offset, timestamp: rd_kafka_message_timestamp(pointer, nil),
          key: bytes(message.key, message.key_len), value: bytes(message.payload, message.len), headers: headers(pointer)))
    case (RD_KAFKA_RESP_ERR__PARTITION_EOF, let partition?):
      self = .end(partition, next: message.offset)
    default:
      let reason = rd_kafka_message_errstr(pointer).map { String(cString: $0) } ?? KafkaError.text(message.err)
      self = .failure(KafkaError(code: message.err, reason: reason), partition)
    }
  }
}

private func bytes(_ pointer: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
  pointer.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) }
}

private func headers(_ message: UnsafePointer<rd_kafka_message_t>) -> [Header] {
  var list: OpaquePointer?
  guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
  return (0..<rd_kafka_header_cnt(list)).compactMap { index in
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    guard rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR, let name else { return nil }
    return Header(String(cString: name), bytes(value, size) ?? [])
  }
}
