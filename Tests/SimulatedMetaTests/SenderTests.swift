import LocalServer
import Outbound
import SimulatedMeta
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct SenderTests {
  private let plan = TrafficPlan(seed: 5, customers: 10, deliveries: 150, startsAt: 1_780_000_000, duplicatePercent: 10)

  private func settings(_ server: LocalServer) -> WebhookSender.Settings {
    var settings = WebhookSender.Settings(url: server.url + "/webhooks/whatsapp", appSecret: "secret", bodiesPerSecond: 5_000)
    settings.firstRetryMilliseconds = 1
    settings.longestRetryMilliseconds = 4
    return settings
  }

  @Test func `what fails is sent again until it is acknowledged, and counted`() async throws {
    let attempts = Mutex<[[UInt8]: Int]>([:])
    let server = try LocalServer { request in
      let attempt = attempts.withLock { counts in
        counts[request.body, default: 0] += 1
        return counts[request.body, default: 0]
      }
      return attempt == 1 ? .answer(503) : attempt == 2 ? .hangUp : .answer(200)
    }
    defer { server.stop() }
    let client = try HTTPClient()
    let (tally, progress) = try await WebhookSender(client, settings(server)).send(Traffic(plan))
    let bodies = Array(Traffic(plan))
    #expect(tally.bodies == bodies.count)
    #expect(progress.acknowledged == bodies.count)
    #expect(progress.retries == 2 * Set(bodies.map(\.bytes)).count)
    #expect(progress.lastProblem != nil)
    await client.close()
  }

  @Test func `each request carries the signature of its bytes`() async throws {
    let server = try LocalServer { _ in .answer(200) }
    defer { server.stop() }
    let client = try HTTPClient()
    _ = try await WebhookSender(client, settings(server)).send(Traffic(plan))
    #expect(!server.requests.isEmpty)
    for request in server.requests {
      #expect(request.headers["x-hub-signature-256"] == webhookSignature(of: request.body, secret: "secret"))
      #expect(request.headers["content-type"] == "application/json")
    }
    await client.close()
  }

  @Test func `bodies of one customer arrive in order and never at once`() async throws {
    let bodies = Array(Traffic(plan))
    let customers = Dictionary(bodies.map { ($0.bytes, $0.customers) }, uniquingKeysWith: { first, _ in first })
    let busy = Mutex<Set<Int>>([])
    let overlaps = Mutex(0)
    let server = try LocalServer { request in
      let own = customers[request.body] ?? []
      busy.withLock { busy in
        if !busy.isDisjoint(with: own) { overlaps.withLock { $0 += 1 } }
        busy.formUnion(own)
      }
      defer { busy.withLock { $0.subtract(own) } }
      return .answer(200)
    }
    defer { server.stop() }
    let client = try HTTPClient()
    _ = try await WebhookSender(client, settings(server)).send(bodies)
    #expect(overlaps.withLock { $0 } == 0)
    for customer in 0..<plan.customers {
      let expected = bodies.filter { $0.customers.contains(customer) }.map(\.bytes)
      #expect(server.requests.map(\.body).filter { customers[$0]?.contains(customer) == true } == expected)
    }
    await client.close()
  }

  @Test func `patience ends with the last problem named`() async throws {
    let server = try LocalServer { _ in .answer(401) }
    defer { server.stop() }
    let client = try HTTPClient()
    var settings = settings(server)
    settings.giveUpAfterSeconds = 0
    let error = await #expect(throws: WebhookSender.GaveUp.self) { try await WebhookSender(client, settings).send(Traffic(plan)) }
    #expect(error?.problem == "status 401")
    await client.close()
  }
}
