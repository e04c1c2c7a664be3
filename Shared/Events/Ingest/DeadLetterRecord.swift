/// The records of `dead.letters`.
public enum DeadLetterRecord: RecordBody {
  case itemDeadLettered(ItemDeadLettered)

  public static let types: [PayloadType<DeadLetterRecord>] = [
    PayloadType("item.dead-lettered", DeadLetterRecord.itemDeadLettered)
  ]

  public var type: TypeName { TypeName("item.dead-lettered") }

  public var payload: any Encodable & Sendable {
    switch self {
    case .itemDeadLettered(let payload): payload
    }
  }
}

public struct ItemDeadLettered: Codable, Hashable, Sendable {
  public let service: String
  public let topic: String
  public let partition: Int32
  public let offset: Int64
  /// A code for programs: `not-json`, `wrong-type`, `processing-failed`, `process-killed` …
  public let reason: String
  /// For people; names the field, holds nothing of the item's content.
  public let detail: String
  /// Where in the record the item stands, `entry[0].changes[2].value.messages[1]`.
  public let path: String?
  /// The item, cut at ``maxItemBytes``; text, or base64 where it is no UTF-8.
  public let item: Personal<String>

  public static let maxItemBytes = 256 << 10

  public init(
    service: String, topic: String, partition: Int32, offset: Int64, reason: String, detail: String, path: String? = nil,
    item: Personal<String>
  ) {
    self.service = service
    self.topic = topic
    self.partition = partition
    self.offset = offset
    self.reason = reason
    self.detail = detail
    self.path = path
    self.item = item
  }
}
