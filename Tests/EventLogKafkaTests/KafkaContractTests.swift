import EventLog
import EventLogContract
import EventLogKafka
import Foundation
import Testing

/// What a Kafka-wire broker can show of the contract. `noida-db` expires no dead members, so those cases need `PARLEY_TEST_KAFKA`.
@Suite("Kafka keeps the contract", .serialized) struct KafkaContractTests {
  /// The shortest session that Apache Kafka takes without being told otherwise.
  static let sessionTimeoutMilliseconds = 6_000

  static var shown: Set<ContractCase.Need> {
    let everywhere: Set<ContractCase.Need> = [.probe, .capability(.manyProcesses)]
    let isOutside = ProcessInfo.processInfo.environment["PARLEY_TEST_KAFKA"] != nil
    return isOutside ? everywhere.union([.capability(.expiresSilentMembers)]) : everywhere
  }

  @Test(arguments: ContractCase.all(showing: shown))
  func `Kafka keeps the contract`(_ contractCase: ContractCase) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kafka-contract-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let servers = try TestBroker.shared.get().servers
    let probe = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "log-probe").path
    let test = LogUnderTest(
      prefix: "contract-\(UUID().uuidString.lowercased())", folder: folder, sessionTimeoutMilliseconds: Self.sessionTimeoutMilliseconds,
      probe: ProbeCommand(executable: probe, log: "kafka://\(servers)"), open: { try TestBroker.log() })
    try await test.run(contractCase.body)
  }
}
