import EventLogContract
import Testing

/// The whole contract but what needs several writing processes, which this log refuses.
@Suite("The embedded log keeps the contract") struct EmbeddedContractTests {
  @Test(arguments: ContractCase.all(showing: [.faults, .probe, .capability(.expiresSilentMembers)]))
  func `The embedded log keeps the contract`(_ contractCase: ContractCase) async throws {
    try await EmbeddedUnderTest.run(contractCase.body)
  }
}
