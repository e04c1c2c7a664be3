import Outbound

/// What `parley simulate` is asked for.
public struct SimulateOptions: Sendable {
  /// The product, such as `http://localhost:8080`.
  public var baseURL: String
  /// The ingest gateway (webhooks and `/api/ingest`), where it listens elsewhere than the rest.
  public var gatewayURL: String?
  public var appSecret: String
  /// A key for `/api`.
  public var token: String
  public var customers = 50
  public var bodiesPerSecond = 20.0
  public var durationSeconds = 30
  public var seed: UInt64 = 1
  public var duplicatePercent = 5
  public var shufflePercent = 5
  /// Unix seconds, the provider time of the first body.
  public var startsAt: Int
  /// The same seed and start were delivered to this store before.
  public var isRepeat = false
  public var settleTimeoutSeconds = 120

  public init(baseURL: String, appSecret: String, token: String, startsAt: Int) {
    self.baseURL = baseURL
    self.appSecret = appSecret
    self.token = token
    self.startsAt = startsAt
  }

  var plan: TrafficPlan {
    TrafficPlan(
      seed: seed, customers: customers, deliveries: Int(bodiesPerSecond * Double(durationSeconds)), startsAt: startsAt,
      bodiesPerSecond: bodiesPerSecond, duplicatePercent: duplicatePercent, shufflePercent: shufflePercent)
  }
}

public struct SimulateProgress: Sendable {
  public let sending: WebhookSender.Progress
  /// Bodies planned; the rest that drains at the end comes on top.
  public let planned: Int

  /// 0 to 1.
  public var fraction: Double { planned == 0 ? 1 : min(1, Double(sending.acknowledged) / Double(planned)) }
}

public struct SimulateOutcome: Sendable {
  public let tally: Tally
  public let sending: WebhookSender.Progress
  public let check: CheckResult
}

/// Sends the planned traffic to a running product and compares its store with what was sent.
///
/// Throws what the sender and the API reader throw; a store that differs is not an error but `check.agrees == false`.
public func simulate(_ options: SimulateOptions, progress: (SimulateProgress) -> Void = { _ in }) async throws -> SimulateOutcome {
  let client = try HTTPClient()
  do {
    let outcome = try await simulate(options, client, progress)
    await client.close()
    return outcome
  } catch {
    await client.close()
    throw error
  }
}

private func simulate(
  _ options: SimulateOptions, _ client: HTTPClient, _ progress: (SimulateProgress) -> Void
) async throws -> SimulateOutcome {
  var checkSettings = StoreCheck.Settings(baseURL: options.baseURL, token: options.token)
  checkSettings.gatewayURL = options.gatewayURL
  checkSettings.settleTimeoutSeconds = options.settleTimeoutSeconds
  checkSettings.isRepeat = options.isRepeat
  let check = StoreCheck(client, checkSettings)
  let baseline = try await check.baseline()
  let senderSettings = WebhookSender.Settings(
    url: (options.gatewayURL ?? options.baseURL) + "/webhooks/whatsapp", appSecret: options.appSecret,
    bodiesPerSecond: options.bodiesPerSecond)
  let plan = options.plan
  let (tally, sending) = try await WebhookSender(client, senderSettings).send(Traffic(plan)) {
    progress(SimulateProgress(sending: $0, planned: plan.deliveries))
  }
  return SimulateOutcome(tally: tally, sending: sending, check: try await check.compare(tally, since: baseline))
}
