import EventLog
import Events
import IngestGatewayCore

/// A record of `webhooks.raw`: the bytes as they came, what is known about them in headers.
package struct RawRecord {
  private static let receivedAt = "received-at"
  private static let contentType = "content-type"

  let app: String
  let body: [UInt8]
  let receivedAt: Timestamp
  let contentType: String?

  package init(app: String, body: [UInt8], receivedAt: Timestamp, contentType: String?) {
    self.app = app
    self.body = body
    self.receivedAt = receivedAt
    self.contentType = contentType
  }

  package var outgoing: OutgoingRecord {
    var headers = [Header(Self.receivedAt, receivedAt.description)]
    if let contentType { headers.append(Header(Self.contentType, contentType)) }
    return OutgoingRecord(
      topic: Topics.webhooksRaw.name, key: Array(app.utf8), value: body, headers: headers, timestamp: receivedAt.milliseconds)
  }

  /// The body of such a record, as the normaliser takes it.
  static func body(of record: Record) -> RawBody {
    RawBody(
      bytes: record.value ?? [], app: String(decoding: record.key ?? [], as: UTF8.self), partition: record.partition.partition,
      offset: record.offset,
      receivedAt: record.header(receivedAt).flatMap { Timestamp($0) } ?? Timestamp(milliseconds: record.timestamp))
  }
}
