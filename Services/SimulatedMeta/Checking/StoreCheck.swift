import Outbound

/// Compares a tally with a running product, through its HTTP API.
public struct StoreCheck: Sendable {
  public struct Settings: Sendable {
    /// Such as `http://localhost:8080`.
    public var baseURL: String
    /// Where `/api/ingest` is, unless there.
    public var gatewayURL: String?
    public var token: String
    public var settleTimeoutSeconds = 120
    /// The same plan was delivered to this store before: items may then be duplicates of that run.
    public var isRepeat = false

    public init(baseURL: String, token: String) {
      self.baseURL = baseURL
      self.token = token
    }
  }

  private let store: StoreClient
  private let settings: Settings

  public init(_ client: HTTPClient, _ settings: Settings) {
    store = StoreClient(
      client: client, baseURL: settings.baseURL, gatewayURL: settings.gatewayURL ?? settings.baseURL, token: settings.token)
    self.settings = settings
  }

  /// The counts before a run: call it when nothing is pending.
  public func baseline() async throws -> IngestReport {
    if let report = try await settled({ $0.pending == 0 }) { return report }
    return try await store.ingest()
  }

  /// Throws when the API cannot be read; everything else is in the result.
  public func compare(_ tally: Tally, since baseline: IngestReport) async throws -> CheckResult {
    var result = CheckResult()
    let wanted = baseline.received + tally.totalDelivered
    let settledReport = try await settled { $0.pending == 0 && $0.received >= wanted }
    if settledReport == nil { result.note(.ingestNotSettled, "fewer than \(wanted) items, or some pending") }
    // A view follows the log with a delay: what is missing at first gets the same bounded time to appear.
    let deadline = ContinuousClock.now.advanced(by: .seconds(settings.settleTimeoutSeconds))
    while true {
      var attempt = result
      compareCounts(try await store.ingest(), baseline, tally, &attempt)
      try await compareConversations(tally, &attempt)
      if isComplete(attempt) || settledReport == nil || ContinuousClock.now >= deadline { return attempt }
      try await Task.sleep(for: .milliseconds(recheckMilliseconds))
    }
  }

  private func compareConversations(_ tally: Tally, _ result: inout CheckResult) async throws {
    var conversations = ConversationCheck(tally)
    try await store.forEachConversation { conversation in
      conversations.add(conversation.id, try await store.messages(of: conversation.id), &result)
    }
    conversations.finish(&result)
  }

  private func isComplete(_ result: CheckResult) -> Bool {
    result.differences[.lost] == nil && result.differences[.statusWrong] == nil
  }

  private func compareCounts(_ report: IngestReport, _ baseline: IngestReport, _ tally: Tally, _ result: inout CheckResult) {
    if !report.total.isBalanced { result.note(.equationBroken, "all: \(report.total)") }
    for category in Item.Category.allCases {
      if !report.counts(category).isBalanced { result.note(.equationBroken, "\(category.rawValue): \(report.counts(category))") }
      let found = report.counts(category) - baseline.counts(category)
      compare(category.rawValue, found, tally.delivered[category] ?? 0, tally.distinct[category] ?? 0, &result)
    }
    compare("all items", report.total - baseline.total, tally.totalDelivered, tally.totalDistinct, &result)
  }

  private func compare(_ name: String, _ found: IngestCounts, _ delivered: Int, _ distinct: Int, _ result: inout CheckResult) {
    // A body whose acknowledgement was lost is delivered once more than counted: a surplus of duplicates is right, a lack is not.
    let surplus = max(0, found.received - delivered)
    result.compare("\(name) received", expected: delivered + surplus, found: found.received, .receivedWrong)
    result.compare("\(name) dead-lettered", expected: 0, found: found.deadLettered, .deadLettered)
    let expectedStored = settings.isRepeat ? min(distinct, found.stored) : distinct
    result.compare("\(name) stored", expected: expectedStored, found: found.stored, .storedWrong)
    result.compare("\(name) duplicates", expected: delivered + surplus - expectedStored, found: found.duplicates, .duplicatesWrong)
  }

  /// Nil when the time is over. A product that is just starting again may be away for a while.
  private func settled(_ isSettled: (IngestReport) -> Bool) async throws -> IngestReport? {
    let deadline = ContinuousClock.now.advanced(by: .seconds(settings.settleTimeoutSeconds))
    while ContinuousClock.now < deadline {
      if let report = try await store.ingestIfReachable(), isSettled(report) { return report }
      try await Task.sleep(for: .milliseconds(pollMilliseconds))
    }
    return nil
  }

  private var pollMilliseconds: Int { 200 }
  private var recheckMilliseconds: Int { 1_000 }
}
