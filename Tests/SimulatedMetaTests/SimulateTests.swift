import LocalServer
import SimulatedMeta
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct SimulateTests {
  private func run(_ fault: FakeProduct.Fault, times: Int = 1, isRepeat: Bool = false) async throws -> SimulateOutcome {
    let plan = TrafficPlan(
      seed: 11, customers: 12, deliveries: 800, startsAt: 1_780_000_000, bodiesPerSecond: 800, duplicatePercent: 10, shufflePercent: 10)
    let owners = Dictionary(
      Traffic(plan).flatMap(\.items).compactMap { item in item.customer.map { (item.providerID, $0) } },
      uniquingKeysWith: { first, _ in first })
    let product = FakeProduct(fault) { owners[$0] }
    let server = try LocalServer { product.answer($0) }
    defer { server.stop() }
    var options = SimulateOptions(baseURL: server.url, appSecret: "secret", token: "key", startsAt: plan.startsAt)
    options.seed = plan.seed
    options.customers = plan.customers
    options.bodiesPerSecond = plan.bodiesPerSecond
    options.durationSeconds = 1
    options.duplicatePercent = plan.duplicatePercent
    options.shufflePercent = plan.shufflePercent
    options.settleTimeoutSeconds = fault == .none ? 5 : 1
    for _ in 1..<times { _ = try await simulate(options) }
    options.isRepeat = isRepeat
    return try await simulate(options)
  }

  @Test func `a right store agrees`() async throws {
    let outcome = try await run(.none)
    #expect(outcome.check.agrees, "\(outcome.check.table)")
    #expect(outcome.tally.totalDelivered > outcome.tally.totalDistinct)
    #expect(outcome.check.table.contains("The store agrees"))
  }

  @Test func `a second run of the same plan is all duplicates, and agrees when it is named a repeat`() async throws {
    #expect(try await run(.none, times: 2, isRepeat: true).check.agrees)
    #expect(try await run(.none, times: 2).check.differences.keys.contains(.storedWrong))
  }

  @Test(arguments: [
    (FakeProduct.Fault.losesMessage, CheckResult.Difference.lost), (.doublesMessage, .doubled), (.swapsOrder, .outOfOrder),
    (.wrongStatus, .statusWrong), (.wrongText, .textWrong), (.splitsCustomer, .split), (.deadLetters, .deadLettered),
    (.breaksEquation, .equationBroken),
  ])
  func `each fault is found by its name`(fault: FakeProduct.Fault, difference: CheckResult.Difference) async throws {
    let check = try await run(fault).check
    #expect(!check.agrees)
    #expect(check.differences[difference]?.isEmpty == false, "\(check.table)")
    #expect(check.table.contains(difference.rawValue))
  }

  @Test func `progress reaches the plan's end`() async throws {
    let fractions = Mutex<[Double]>([])
    let server = try LocalServer { _ in
      .answer(200, body: #"{"received":0,"stored":0,"duplicates":0,"deadLettered":0,"pending":0,"byKind":{},"items":[],"next":null}"#)
    }
    defer { server.stop() }
    var options = SimulateOptions(baseURL: server.url, appSecret: "secret", token: "key", startsAt: 1_780_000_000)
    options.bodiesPerSecond = 500
    options.durationSeconds = 1
    options.settleTimeoutSeconds = 1
    let outcome = try await simulate(options) { progress in fractions.withLock { $0.append(progress.fraction) } }
    #expect(fractions.withLock { $0.last } == 1)
    #expect(fractions.withLock { $0 == $0.sorted() })
    #expect(!outcome.check.agrees)
    #expect(outcome.check.differences[.ingestNotSettled] != nil)
  }
}
