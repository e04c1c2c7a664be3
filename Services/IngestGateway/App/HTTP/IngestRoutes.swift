import EventLog
import Events
import HTTPKit
import ServiceKit
import Views

/// `/api/ingest` and `/api/dead-letters`: what became of everything that came in.
struct IngestRoutes: Sendable {
  private static let deadLetters = "dead-letters"

  let view: View<IngestFold>
  let log: any EventLog
  let tokens: PageTokens

  var routes: [Route] {
    [
      Route(.get, "/api/ingest") { _ in
        var report = try await view.read { try IngestReport($0) }
        report.pending = try await pending(after: report.normalised)
        return try .json(report)
      },
      Route(.get, "/api/dead-letters", query: PageRequest.query) { call in
        let request = try PageRequest(call, list: Self.deadLetters, tokens: tokens)
        let after = try request.after.map { values in
          guard let place = DeadLetterList.Place(values) else {
            throw Problem.badRequest(field: "page", "It is no page token of this list.")
          }
          return place
        }
        let page = try await view.read { try DeadLetterList.page($0, after: after, limit: request.limit) }
        return try .json(Page(items: page.items, next: page.next.map { tokens.seal($0.values, list: Self.deadLetters) }))
      },
    ]
  }

  /// Bodies that are in the log and not yet normalised.
  private func pending(after normalised: [Int32: Int64]) async throws -> Int64 {
    let log = log
    let ends = try await BlockingThread.run(named: "ingest.pending") {
      try log.offsets(of: [Topics.webhooksRaw.name], isolation: .readCommitted)
    }
    return ends.reduce(0) { $0 + max(0, $1.value.high - max($1.value.low, normalised[$1.key.partition] ?? 0)) }
  }
}
