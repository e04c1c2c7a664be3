import Outbound

/// Delivers bodies as Meta does: signed, and again until they are acknowledged with 200.
///
/// Bodies go out in order as long as they touch the same customer: the next waits for the acknowledgement of the one before.
public struct WebhookSender: Sendable {
  public struct Settings: Sendable {
    /// The webhook route, such as `http://localhost:8080/webhooks/whatsapp`.
    public var url: String
    public var appSecret: String
    public let bodiesPerSecond: Double
    public var maxConcurrentRequests = 32
    public var requestTimeoutMilliseconds = 15_000
    /// The pause before the first retry; it doubles up to the longest.
    public var firstRetryMilliseconds = 50
    public var longestRetryMilliseconds = 2_000
    /// A body that is refused for so long ends the run.
    public var giveUpAfterSeconds = 900

    public init(url: String, appSecret: String, bodiesPerSecond: Double) {
      self.url = url
      self.appSecret = appSecret
      self.bodiesPerSecond = max(0.001, bodiesPerSecond)
    }
  }

  public struct Progress: Sendable {
    public var acknowledged = 0
    public var items = 0
    public var retries = 0
    /// What the last failed attempt said.
    public var lastProblem: String?
  }

  /// A body was refused until the patience ended.
  public struct GaveUp: Error, CustomStringConvertible {
    public let problem: String
    public var description: String { "the webhook was not acknowledged: \(problem)" }
  }

  private struct Delivery: Sendable {
    let body: WebhookBody
    let retries: Int
    let lastProblem: String?
  }

  private let client: HTTPClient
  private let settings: Settings

  public init(_ client: HTTPClient, _ settings: Settings) {
    self.client = client
    self.settings = settings
  }

  /// Sends all bodies at the rate and returns the tally of what was acknowledged. Throws `GaveUp`, and `CancellationError` when cancelled.
  public func send(_ bodies: some Sequence<WebhookBody>, progress: (Progress) -> Void = { _ in }) async throws -> (Tally, Progress) {
    var tally = Tally()
    var state = Progress()
    try await withThrowingTaskGroup(of: Delivery.self) { group in
      var busy: Set<Int> = []
      var inFlight = 0
      func awaitOne() async throws {
        guard let done = try await group.next() else { return }
        inFlight -= 1
        busy.subtract(done.body.customers)
        tally.add(done.body)
        state.acknowledged += 1
        state.items += done.body.items.count
        state.retries += done.retries
        state.lastProblem = done.lastProblem ?? state.lastProblem
        progress(state)
      }
      let start = ContinuousClock.now
      for (index, body) in bodies.enumerated() {
        try await Task.sleep(until: start.advanced(by: .seconds(Double(index) / settings.bodiesPerSecond)), clock: .continuous)
        while inFlight >= settings.maxConcurrentRequests || !busy.isDisjoint(with: body.customers) { try await awaitOne() }
        busy.formUnion(body.customers)
        inFlight += 1
        group.addTask { try await deliver(body) }
      }
      while inFlight > 0 { try await awaitOne() }
    }
    return (tally, state)
  }

  private func deliver(_ body: WebhookBody) async throws -> Delivery {
    let request = HTTPRequest(
      method: "POST", url: settings.url,
      headers: [
        "Content-Type": "application/json", "User-Agent": "facebookexternalua",
        "X-Hub-Signature-256": webhookSignature(of: body.bytes, secret: settings.appSecret),
      ], body: body.bytes, timeoutMilliseconds: settings.requestTimeoutMilliseconds)
    let patience = ContinuousClock.now.advanced(by: .seconds(settings.giveUpAfterSeconds))
    var pause = settings.firstRetryMilliseconds
    var retries = 0
    var lastProblem: String?
    while let problem = await attempt(request) {
      try Task.checkCancellation()
      guard ContinuousClock.now < patience else { throw GaveUp(problem: problem) }
      lastProblem = problem
      retries += 1
      try await Task.sleep(for: .milliseconds(pause))
      pause = min(pause * 2, settings.longestRetryMilliseconds)
    }
    return Delivery(body: body, retries: retries, lastProblem: lastProblem)
  }

  /// Nil when acknowledged, else why not.
  private func attempt(_ request: HTTPRequest) async -> String? {
    do throws(OutboundError) {
      let response = try await client.send(request)
      return response.status == 200 ? nil : "status \(response.status)"
    } catch {
      return "\(error)"
    }
  }
}
