import EventLog
import struct EventLog.Record
import Events
import ServiceKit

/// The dead letter of an input record as a whole.
struct StepDeadLetter {
  let service: String
  let workspace: WorkspaceId
  let record: Record
  let reason: DeadLetterReason

  /// Always there but for a letter that cannot be encoded, which plain text always can.
  var outgoing: OutgoingRecord? {
    let cause = "\(record.position)"
    let item = String(decoding: (record.value ?? []).prefix(ItemDeadLettered.maxItemBytes), as: UTF8.self)
    let letter = ItemDeadLettered(
      service: service, topic: record.topic, partition: record.partition.partition, offset: record.offset, reason: reason.code,
      detail: reason.detail, item: Personal(item))
    let envelope = Envelope<DeadLetterRecord>(
      id: RecordId(DerivedId.uuid("dead.letters", service, cause)), occurredAt: Timestamp(milliseconds: record.timestamp),
      workspace: workspace, correlationId: cause, actor: .system(service), body: .itemDeadLettered(letter))
    return try? Topics.deadLetters.record(key: String(decoding: record.key ?? [], as: UTF8.self), envelope)
  }
}
