/// The records of `webhooks.normalised`.
public enum IngestRecord: RecordBody {
  case bodyNormalised(BodyNormalised)

  public static let types: [PayloadType<IngestRecord>] = [
    PayloadType("body.normalised", IngestRecord.bodyNormalised)
  ]

  public var type: TypeName { TypeName("body.normalised") }

  public var payload: any Encodable & Sendable {
    switch self {
    case .bodyNormalised(let payload): payload
    }
  }
}

/// How many items went where. `received = stored + duplicates + deadLettered`, by construction: nothing else can be counted.
public struct ItemCounts: Codable, Hashable, Sendable {
  public private(set) var stored: Int
  public private(set) var duplicates: Int
  public private(set) var deadLettered: Int

  public init(stored: Int = 0, duplicates: Int = 0, deadLettered: Int = 0) {
    self.stored = stored
    self.duplicates = duplicates
    self.deadLettered = deadLettered
  }

  public var received: Int { stored + duplicates + deadLettered }

  public enum Fate: Sendable, Hashable { case stored, duplicate, deadLettered }

  public mutating func count(_ fate: Fate) {
    switch fate {
    case .stored: stored += 1
    case .duplicate: duplicates += 1
    case .deadLettered: deadLettered += 1
    }
  }

  public static func + (a: ItemCounts, b: ItemCounts) -> ItemCounts {
    ItemCounts(stored: a.stored + b.stored, duplicates: a.duplicates + b.duplicates, deadLettered: a.deadLettered + b.deadLettered)
  }
}

/// What an item of a webhook body is counted as.
public enum ItemKind: String, Codable, Sendable, CaseIterable {
  case messages, statuses, changes
}

/// The summary of one webhook body, written in the transaction that normalised it (promise 5).
public struct BodyNormalised: Codable, Hashable, Sendable {
  public let app: String
  public let partition: Int32
  /// Where the body stands in `webhooks.raw`.
  public let offset: Int64
  public let messages: ItemCounts
  public let statuses: ItemCounts
  public let changes: ItemCounts
  /// Fields that are only kept, by name.
  public let unknownFields: [String: Int]

  public init(
    app: String, partition: Int32, offset: Int64, messages: ItemCounts, statuses: ItemCounts, changes: ItemCounts,
    unknownFields: [String: Int]
  ) {
    self.app = app
    self.partition = partition
    self.offset = offset
    self.messages = messages
    self.statuses = statuses
    self.changes = changes
    self.unknownFields = unknownFields
  }
}
