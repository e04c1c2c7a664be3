import EventLog
import Events
import IngestGatewayCore
import ServiceKit

/// The records that a normalised body becomes. The view reads keys and headers only, and opens few values.
struct NormalisedRecords {
  /// The ``ItemKey`` of a record, 16 bytes.
  static let itemHeader = "item"
  /// The contact of an alias.
  static let contactHeader = "contact"

  private let normalised: Normalised
  /// The records' own time: retention and the memory of duplicates count from receipt.
  private let receivedAt: Timestamp

  init(_ normalised: Normalised, receivedAt: Timestamp) {
    self.normalised = normalised
    self.receivedAt = receivedAt
  }

  /// - Throws: ``RecordTooLarge``.
  func records() throws -> [OutgoingRecord] {
    var records: [OutgoingRecord] = []
    for alias in normalised.aliases {
      let contact =
        switch alias.envelope.body {
        case .assigned(let assigned): assigned.contact
        }
      records.append(try record(Topics.contactAliases, alias, [Header(Self.contactHeader, contact.text)]))
    }
    for message in normalised.messages { records.append(try record(Topics.messagesInbound, message)) }
    for delivery in normalised.deliveries { records.append(try record(Topics.deliveries, delivery)) }
    for event in normalised.channelEvents { records.append(try record(Topics.channelEvents, event)) }
    for letter in normalised.deadLetters { records.append(try record(Topics.deadLetters, letter)) }
    records.append(try record(Topics.webhooksNormalised, normalised.summary))
    return records
  }

  private func record<Body>(_ topic: Topic, _ keyed: KeyedRecord<Body>, _ headers: [Header] = []) throws -> OutgoingRecord {
    let item = keyed.item.map { Header(Self.itemHeader, $0.bytes) }
    let record = OutgoingRecord(
      topic: topic.name, key: Array(keyed.key.utf8), value: try RecordCoding.encode(keyed.envelope),
      headers: item.map { headers + [$0] } ?? headers, timestamp: receivedAt.milliseconds)
    guard record.size <= topic.maxMessageBytes else { throw RecordTooLarge(topic: topic.name, bytes: record.size) }
    return record
  }
}

/// A body that became a record larger than its topic takes: it is dead-lettered, where the log's own refusal would end the step.
struct RecordTooLarge: Error, CustomStringConvertible {
  let topic: String
  let bytes: Int
  var description: String { "a record of \(bytes) bytes does not fit \(topic)" }
}
