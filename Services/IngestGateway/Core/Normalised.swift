import Events

/// A record with the key that places it in its topic.
public struct KeyedRecord<Body: RecordBody>: Sendable {
  public let key: String
  public let envelope: Envelope<Body>
  /// The item it was made from, where a second delivery of that must be known.
  public let item: ItemKey?
}

/// What became of one webhook body.
public struct Normalised: Sendable {
  public internal(set) var messages: [KeyedRecord<InboundRecord>] = []
  public internal(set) var deliveries: [KeyedRecord<DeliveryRecord>] = []
  public internal(set) var channelEvents: [KeyedRecord<ChannelRecord>] = []
  public internal(set) var aliases: [KeyedRecord<AliasRecord>] = []
  public internal(set) var deadLetters: [KeyedRecord<DeadLetterRecord>] = []
  public internal(set) var summary: KeyedRecord<IngestRecord>
  /// What later bodies must know at once, before the records above have been folded.
  public internal(set) var newAliases: [AliasKey: ContactId] = [:]
  public internal(set) var newItems: [ItemKey: KnownItem] = [:]

  /// The fates of the items, by their kind.
  public var counts: BodyNormalised {
    switch summary.envelope.body {
    case .bodyNormalised(let counts): counts
    }
  }
}
