import CRdKafka
import EventLogKafka

/// librdkafka's in-process cluster: one broker that can be taken away. It knows no transactions.
///
/// Safe: the pointers never change, and librdkafka's mock functions may be called from any thread.
final class MockCluster: @unchecked Sendable {
  private let owner: OpaquePointer
  private let cluster: OpaquePointer
  let servers: String

  init(topic: String) throws {
    var text = [CChar](repeating: 0, count: 256)
    guard let owner = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), &text, text.count) else { throw TestFailure("no handle") }
    guard let cluster = rd_kafka_mock_cluster_new(owner, 1) else { throw TestFailure("no mock cluster") }
    self.owner = owner
    self.cluster = cluster
    servers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
    rd_kafka_mock_topic_create(cluster, topic, 1, 1)
  }

  func takeAway() { rd_kafka_mock_broker_set_down(cluster, 1) }
  func bringBack() { rd_kafka_mock_broker_set_up(cluster, 1) }

  deinit {
    rd_kafka_mock_cluster_destroy(cluster)
    rd_kafka_destroy(owner)
  }
}
