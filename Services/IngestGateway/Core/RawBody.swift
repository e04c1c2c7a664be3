import Events

/// One record of `webhooks.raw`.
public struct RawBody: Sendable {
  public let bytes: [UInt8]
  /// The Meta app whose secret verified it.
  public let app: String
  public let partition: Int32
  public let offset: Int64
  public let receivedAt: Timestamp

  public init(bytes: [UInt8], app: String, partition: Int32, offset: Int64, receivedAt: Timestamp) {
    self.bytes = bytes
    self.app = app
    self.partition = partition
    self.offset = offset
    self.receivedAt = receivedAt
  }

  var position: String { "\(Topics.webhooksRaw.name)/\(partition)@\(offset)" }
}
