import ConversationStoreCore
import EventLog
import struct EventLog.Record
import Events
import Foundation
import Metrics
import ServiceKit
import Views

/// The step that decides: inbound messages, deliveries and commands become events (design, "Deciding").
public final class DecideHandler: StepHandler {
  public static let plan = StepPlan(
    group: "conversation-store.decide",
    topics: [Topics.messagesInbound.name, Topics.deliveries.name, Topics.conversationCommands.name],
    stateTopics: [Topics.conversationEvents.name], tickMilliseconds: 60_000)

  /// More customers than this are never ahead of the view; deciding waits for it then.
  static let maxOverlayContacts = 20_000
  static let overlayWaitMilliseconds = 5_000
  static let service = "conversation-store"

  private let view: View<ConversationsFold>
  private let workspace: WorkspaceId
  private let unknownTypes = Counter(label: "parley_step_unknown_types", dimensions: [("group", plan.group)])
  private var ends: [Int32: [TopicPartition: Int64]] = [:]
  private var overlay = StateOverlay()
  /// What the batch under way leads to, until it is committed.
  private var pending: Pending?
  /// Ticks are the only clock here; before the first one the records' own times must do.
  private var lastTick = Timestamp(milliseconds: 0)

  private struct Pending {
    var states: [ContactId: CustomerState] = [:]
    /// The customer of each output.
    var contacts: [ContactId] = []
  }

  public init(view: View<ConversationsFold>, workspace: WorkspaceId) {
    self.view = view
    self.workspace = workspace
  }

  public func assign(_ partition: Int32, ends: [TopicPartition: Int64]) { self.ends[partition] = ends }

  public func isReady(_ partition: Int32) -> Bool { view.hasReached(ends[partition] ?? [:]) }

  public func process(_ batch: StepBatch) throws -> [OutgoingRecord] {
    if let tick = batch.tick { lastTick = Timestamp(milliseconds: tick) }
    var work = try batch.records.compactMap { record in
      try DecisionWork(record, receivedNoEarlierThan: lastTick) { _ in unknownTypes.increment() }
    }
    try letViewCatchUp()
    if batch.tick != nil {
      let due = try view.read { try DueParked.find(before: lastTick, in: batch.tickPartitions, $0) }
      work += due.map { DecisionWork(expiring: $0, at: lastTick, workspace: workspace) }
    }
    var states = try states(for: work)
    var pending = Pending()
    var outputs: [OutgoingRecord] = []
    for item in work {
      let contact = item.input.contact
      let decision = Decision(item.input, on: states[contact] ?? CustomerState(), receivedAt: item.receivedAt)
      states[contact] = decision.state
      if decision.events.isEmpty { continue }
      for (index, event) in decision.events.enumerated() {
        outputs.append(try Topics.conversationEvents.record(key: contact.text, item.envelope(of: event, index: index)))
        pending.contacts.append(contact)
      }
    }
    for contact in Set(pending.contacts) { pending.states[contact] = states[contact] }
    self.pending = pending
    return outputs
  }

  public func committed(_ positions: [Position]) {
    guard let pending else { return }
    self.pending = nil
    for (contact, position) in zip(pending.contacts, positions) {
      guard let state = pending.states[contact] else { continue }
      overlay.keep(state, of: contact, partition: position.partition.partition, next: position.offset + 1)
    }
  }

  public func aborted() { pending = nil }

  public func revoke(_ partition: Int32) {
    pending = nil
    ends[partition] = nil
    overlay.drop(partition: partition)
  }

  public func deadLetter(_ record: Record, reason: DeadLetterReason) -> [OutgoingRecord] {
    let letter = StepDeadLetter(service: Self.service, workspace: workspace, record: record, reason: reason)
    return [letter.outgoing].compactMap { $0 }
  }

  private func states(for work: [DecisionWork]) throws -> [ContactId: CustomerState] {
    var states: [ContactId: CustomerState] = [:]
    var query = StateQuery()
    for item in work {
      let contact = item.input.contact
      if states[contact] == nil {
        states[contact] = overlay.state(of: contact) ?? CustomerState()
        if overlay.state(of: contact) == nil { query.contacts.insert(contact) }
      }
      if let message = item.input.message, states[contact]?.messages[message] == nil {
        query.messages[contact, default: []].insert(message)
      }
      if let command = item.input.command { query.commands[contact, default: []].insert(command) }
    }
    try view.read { try query.load(into: &states, $0) }
    return states
  }

  /// Drops what the view has folded, and waits for it where too much is ahead of it.
  private func letViewCatchUp() throws {
    drop()
    if overlay.count <= Self.maxOverlayContacts { return }
    let deadline = Date(timeIntervalSinceNow: Double(Self.overlayWaitMilliseconds) / 1_000)
    while overlay.count > Self.maxOverlayContacts / 2 {
      guard Date() < deadline else { throw StateUnavailable("the view is \(overlay.count) customers behind the decisions") }
      Thread.sleep(forTimeInterval: 0.005)
      drop()
    }
  }

  private func drop() {
    overlay.drop { view.position(of: TopicPartition(Topics.conversationEvents.name, $0)) }
  }
}
