import Events
import JSON

/// One body while it is being normalised.
struct BodyWork<Memory: IngestMemory> {
  let body: RawBody
  let workspace: WorkspaceId
  let keys: IdentityKeys
  let memory: Memory
  let correlationId: String

  var messages: [KeyedRecord<InboundRecord>] = []
  var deliveries: [KeyedRecord<DeliveryRecord>] = []
  var channelEvents: [KeyedRecord<ChannelRecord>] = []
  var aliases: [KeyedRecord<AliasRecord>] = []
  var deadLetters: [KeyedRecord<DeadLetterRecord>] = []
  var newAliases: [AliasKey: ContactId] = [:]
  var newItems: [ItemKey: KnownItem] = [:]
  private var counts: [ItemKind: ItemCounts] = [:]
  private var unknownFields: [String: Int] = [:]

  init(body: RawBody, workspace: WorkspaceId, keys: IdentityKeys, memory: Memory) {
    self.body = body
    self.workspace = workspace
    self.keys = keys
    self.memory = memory
    correlationId = DerivedId.uuid("body", body.position)
  }

  /// Gives an item its fate: what `process` says, or dead-lettered where it finds a fault.
  mutating func item(_ kind: ItemKind, _ value: JSONValue, _ process: (inout Self) throws -> ItemCounts.Fate) throws {
    do {
      try checkSize(of: value)
      let fate = try process(&self)
      counts[kind, default: ItemCounts()].count(fate)
    } catch let fault as ItemFault {
      deadLetter(kind, fault, item: value.bytes())
    }
  }

  private func checkSize(of item: JSONValue) throws(ItemFault) {
    if body.bytes.count <= Normaliser.maxItemBytes || item.bytes().count <= Normaliser.maxItemBytes { return }
    throw ItemFault(.tooLarge, "the item is over \(Normaliser.maxItemBytes) bytes", at: item)
  }

  mutating func deadLetter(_ kind: ItemKind, _ fault: ItemFault, item: [UInt8]) {
    deadLetter(
      kind, reason: fault.reason.rawValue, detail: fault.detail, path: fault.path.isEmpty ? nil : fault.path, item: item)
  }

  mutating func deadLetter(_ kind: ItemKind, reason: String, detail: String, path: String?, item: [UInt8]) {
    counts[kind, default: ItemCounts()].count(.deadLettered)
    let letter = ItemDeadLettered(
      service: Normaliser.service, topic: Topics.webhooksRaw.name, partition: body.partition, offset: body.offset, reason: reason,
      detail: detail, path: path, item: Personal(DeadLetterText.of(item)))
    let id = RecordId(DerivedId.uuid("dead-letter", body.position, "\(deadLetters.count)"))
    deadLetters.append(
      KeyedRecord(
        key: body.app,
        envelope: envelope(id, body.receivedAt, .system(Normaliser.service), DeadLetterRecord.itemDeadLettered(letter)), item: nil))
  }

  mutating func countUnknown(field: String) {
    unknownFields[FieldName.counted(field), default: 0] += 1
  }

  func known(_ key: ItemKey) throws -> KnownItem? { try newItems[key] ?? memory.item(key) }

  func envelope<Body>(_ id: RecordId, _ at: Timestamp, _ actor: Actor, _ record: Body) -> Envelope<Body> {
    Envelope(
      id: id, occurredAt: at, workspace: workspace, correlationId: correlationId, causationId: body.position, actor: actor, body: record)
  }

  func finish() -> Normalised {
    func count(_ kind: ItemKind) -> ItemCounts { counts[kind] ?? ItemCounts() }
    let summary = BodyNormalised(
      app: body.app, partition: body.partition, offset: body.offset, messages: count(.messages), statuses: count(.statuses),
      changes: count(.changes), unknownFields: unknownFields)
    let record = KeyedRecord(
      key: body.app,
      envelope: envelope(
        RecordId(DerivedId.uuid("normalised", body.position)), body.receivedAt, .system(Normaliser.service),
        IngestRecord.bodyNormalised(summary)), item: nil)
    return Normalised(
      messages: messages, deliveries: deliveries, channelEvents: channelEvents, aliases: aliases, deadLetters: deadLetters,
      summary: record, newAliases: newAliases, newItems: newItems)
  }
}
