import Events
import IngestGatewayCore
import JSON

/// A normaliser with a memory, so that bodies follow each other as in the step.
struct Workshop {
  struct Memory: IngestMemory {
    var aliases: [AliasKey: ContactId] = [:]
    var items: [ItemKey: KnownItem] = [:]

    func contact(of alias: AliasKey) -> ContactId? { aliases[alias] }
    func item(_ key: ItemKey) -> KnownItem? { items[key] }
  }

  /// 2026-11-21T00:00:00Z
  static let receivedAt = Timestamp(seconds: 1_795_219_200)

  let normaliser = Normaliser(workspace: WorkspaceId("main"), secret: Array("a secret of the tests".utf8))
  var memory = Memory()
  var offset: Int64 = 0

  mutating func take(_ body: String, receivedAt: Timestamp = receivedAt) throws -> Normalised {
    try take(Array(body.utf8), receivedAt: receivedAt)
  }

  mutating func take(_ bytes: [UInt8], receivedAt: Timestamp = receivedAt) throws -> Normalised {
    let body = RawBody(bytes: bytes, app: "shop", partition: 3, offset: offset, receivedAt: receivedAt)
    offset += 1
    let result = try normaliser.normalise(body, memory: memory)
    memory.aliases.merge(result.newAliases) { $1 }
    memory.items.merge(result.newItems) { $1 }
    return result
  }
}

extension Normalised {
  var total: ItemCounts { counts.messages + counts.statuses + counts.changes }
  var reasons: [String] { letters.map(\.reason) }
  var records: [InboundRecord] { messages.map(\.envelope.body) }
  var received: [MessageReceived] {
    records.compactMap { if case .messageReceived(let message) = $0 { message } else { nil } }
  }
  var reports: [DeliveryReported] {
    deliveries.map { record in
      switch record.envelope.body {
      case .reported(let report): report
      }
    }
  }
  var letters: [ItemDeadLettered] {
    deadLetters.map { record in
      switch record.envelope.body {
      case .itemDeadLettered(let letter): letter
      }
    }
  }
  var channelRecords: [ChannelRecord] { channelEvents.map(\.envelope.body) }
}
