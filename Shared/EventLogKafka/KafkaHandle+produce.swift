import CRdKafka
import EventLog

extension KafkaHandle {
  /// Puts a record into the producer's queue, copied. Does not block. If it returns, `ticket` comes back with the delivery report.
  func produce(_ record: OutgoingRecord, _ ticket: DeliveryTicket) throws(KafkaError) {
    let retained = Unmanaged.passRetained(ticket)
    let headers = makeHeaders(record.headers)
    let failure = record.topic.withCString { topic in
      withMemory(record.key) { key in
        withMemory(record.value) { value in
          let arguments = [
            argument(RD_KAFKA_VTYPE_TOPIC) { $0.cstr = topic },
            argument(RD_KAFKA_VTYPE_KEY) { ($0.mem.ptr, $0.mem.size) = (UnsafeMutableRawPointer(mutating: key.start), key.count) },
            argument(RD_KAFKA_VTYPE_VALUE) { ($0.mem.ptr, $0.mem.size) = (UnsafeMutableRawPointer(mutating: value.start), value.count) },
            argument(RD_KAFKA_VTYPE_MSGFLAGS) { $0.i = RD_KAFKA_MSG_F_COPY },
            argument(RD_KAFKA_VTYPE_TIMESTAMP) { $0.i64 = record.timestamp },
            argument(RD_KAFKA_VTYPE_OPAQUE) { $0.ptr = retained.toOpaque() },
            argument(RD_KAFKA_VTYPE_HEADERS) { $0.headers = headers },
          ]
          return rd_kafka_produceva(rk, arguments, headers == nil ? arguments.count - 1 : arguments.count)
        }
      }
    }
    if failure != nil {
      retained.release()
      if let headers { rd_kafka_headers_destroy(headers) }
    }
    try KafkaError.check(failure)
  }

  private func makeHeaders(_ headers: [Header]) -> OpaquePointer? {
    guard !headers.isEmpty, let list = rd_kafka_headers_new(headers.count) else { return nil }
    for header in headers {
      _ = withMemory(header.value) { rd_kafka_header_add(list, header.name, -1, $0.start, $0.count) }
    }
    return list
  }
}

private func argument(_ type: rd_kafka_vtype_t, _ fill: (inout rd_kafka_vu_t.__Unnamed_union_u) -> Void) -> rd_kafka_vu_t {
  var argument = rd_kafka_vu_t()
  argument.vtype = type
  fill(&argument.u)
  return argument
}

/// Bytes for C: an absent value has no address, an empty one has some.
private func withMemory<R>(_ bytes: [UInt8]?, _ body: ((start: UnsafeRawPointer?, count: Int)) -> R) -> R {
  guard let bytes else { return body((nil, 0)) }
  return bytes.withUnsafeBytes { body(($0.baseAddress ?? UnsafeRawPointer(bitPattern: 1), $0.count)) }
}
