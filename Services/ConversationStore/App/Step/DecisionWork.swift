import ConversationStoreCore
import EventLog
import struct EventLog.Record
import Events

/// One input with what its events inherit from it.
struct DecisionWork {
  let input: ConversationInput
  let receivedAt: Timestamp
  private let cause: String
  private let causationId: String?
  private let occurredAt: Timestamp
  private let workspace: WorkspaceId
  private let correlationId: String
  private let actor: Actor

  /// `nil` for a tombstone and for a type that this build does not know.
  ///
  /// - Throws: for what is no record of its topic, or has another key than its customer: it would belong to somebody else's partition.
  init?(_ record: Record, receivedNoEarlierThan clock: Timestamp, skipped: (TypeName) -> Void) throws {
    guard let value = record.value else { return nil }
    let receivedAt = max(Timestamp(milliseconds: record.timestamp), clock)
    let work: DecisionWork?
    switch record.topic {
    case Topics.messagesInbound.name:
      work = Self.known(try RecordCoding.decode(value), receivedAt, skipped) { (body: InboundRecord) in .inbound(body) }
    case Topics.deliveries.name:
      work = Self.known(try RecordCoding.decode(value), receivedAt, skipped) { (body: DeliveryRecord) in .delivery(body) }
    case Topics.conversationCommands.name:
      work = Self.known(try RecordCoding.decode(value), receivedAt, skipped) { (body: ConversationCommand) in .command(body) }
    default: throw UnfitRecord(reason: "the topic \(record.topic) is not an input of this step")
    }
    guard let work else { return nil }
    guard let key = record.key, key.elementsEqual(work.input.contact.text.utf8) else {
      throw UnfitRecord(reason: "the key of the record is not its contact")
    }
    self = work
  }

  init(expiring due: DueParked, at tick: Timestamp, workspace: WorkspaceId) {
    input = .expiry(due.message, due.contact)
    receivedAt = tick
    // What is parked again after that has another age, so the same cause never comes twice.
    cause = "\(due.contact)/\(due.message)/\(due.parkedAt.milliseconds)"
    causationId = nil
    occurredAt = due.parkedAt.adding(hours: Parking.keptHours)
    self.workspace = workspace
    correlationId = cause
    actor = .system(DecideHandler.service)
  }

  private init<Body>(_ envelope: Envelope<Body>, _ input: ConversationInput, _ receivedAt: Timestamp) {
    self.input = input
    self.receivedAt = receivedAt
    cause = envelope.id.text
    causationId = envelope.id.text
    occurredAt = envelope.occurredAt
    workspace = envelope.workspace
    correlationId = envelope.correlationId
    actor = envelope.actor
  }

  private static func known<Body>(
    _ decoded: RecordCoding.Decoded<Body>, _ receivedAt: Timestamp, _ skipped: (TypeName) -> Void, _ input: (Body) -> ConversationInput
  ) -> DecisionWork? {
    switch decoded {
    case .known(let envelope): return DecisionWork(envelope, input(envelope.body), receivedAt)
    case .unknown(let type):
      skipped(type)
      return nil
    }
  }

  /// The id derives from the cause, so that the same decision made again gives the same record.
  func envelope(of event: ConversationEvent, index: Int) -> Envelope<ConversationEvent> {
    Envelope(
      id: RecordId(DerivedId.uuid("conversation.events", cause, "\(index)")), occurredAt: occurredAt, workspace: workspace,
      correlationId: correlationId, causationId: causationId, actor: actor, body: event)
  }
}

/// A record that this step cannot take.
struct UnfitRecord: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
