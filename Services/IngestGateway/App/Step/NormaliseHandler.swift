import EventLog
import Events
import Foundation
import IngestGatewayCore
import ServiceKit
import Views

/// The step from `webhooks.raw` to everything the gateway writes.
public final class NormaliseHandler: StepHandler {
  static let outputs = [
    Topics.contactAliases, Topics.messagesInbound, Topics.deliveries, Topics.channelEvents, Topics.webhooksNormalised,
    Topics.deadLetters,
  ]
  /// Customers and duplicates are known by keys that have nothing to do with the partition of the body: hence the state spans all.
  public static let plan = StepPlan(
    group: "ingest-gateway.normalise", topics: [Topics.webhooksRaw.name], stateTopics: outputs.map(\.name), stateSpansPartitions: true,
    maxBatchRecords: 200)

  /// More entries than this are never ahead of the view; the step waits for it then.
  static let maxOverlayEntries = 500_000
  static let overlayWaitMilliseconds = 5_000

  private let normaliser: Normaliser
  private let view: View<IngestFold>
  private var ends: [Int32: [TopicPartition: Int64]] = [:]
  private var overlay = MemoryOverlay()

  public init(normaliser: Normaliser, view: View<IngestFold>) {
    self.normaliser = normaliser
    self.view = view
  }

  public func assign(_ partition: Int32, ends: [TopicPartition: Int64]) { self.ends[partition] = ends }

  public func isReady(_ partition: Int32) -> Bool { view.hasReached(ends[partition] ?? [:]) }

  public func process(_ batch: StepBatch) throws -> [OutgoingRecord] {
    overlay.abort()
    try letViewCatchUp()
    return try view.read { db in
      var outputs: [OutgoingRecord] = []
      for record in batch.records {
        let body = RawRecord.body(of: record)
        let result = try normaliser.normalise(body, memory: ViewMemory(db: db, overlay: overlay))
        overlay.add(result)
        outputs += try NormalisedRecords(result, receivedAt: body.receivedAt).records()
      }
      return outputs
    }
  }

  public func committed(_ positions: [Position]) { overlay.commit(positions) }

  public func aborted() { overlay.abort() }

  /// What has been committed stays true whoever owns the partition; it goes when the view has folded it.
  public func revoke(_ partition: Int32) {
    overlay.abort()
    ends[partition] = nil
  }

  /// A summary goes with the dead letter, so that the counts hold (promise 5).
  public func deadLetter(_ record: Record, reason: DeadLetterReason) -> [OutgoingRecord] {
    let body = RawRecord.body(of: record)
    let result = normaliser.giveUp(body, reason: reason.code, detail: reason.detail)
    // The two records are made of plain texts and numbers within their bounds: they always encode.
    return (try? NormalisedRecords(result, receivedAt: body.receivedAt).records()) ?? []
  }

  private func letViewCatchUp() throws {
    let deadline = ContinuousClock.now + .milliseconds(Self.overlayWaitMilliseconds)
    overlay.forget(where: view.hasReached)
    while overlay.count > Self.maxOverlayEntries {
      guard ContinuousClock.now < deadline else { throw StateUnavailable("the view is too far behind its step") }
      Thread.sleep(forTimeInterval: 0.005)
      overlay.forget(where: view.hasReached)
    }
  }
}
