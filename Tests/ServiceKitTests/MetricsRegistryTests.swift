import Metrics
import ServiceKit
import Testing

@Suite struct MetricsRegistryTests {
  @Test func `counters, gauges and durations come out as Prometheus text`() {
    let registry = MetricsRegistry()
    Counter(label: "things", dimensions: [("kind", "a \"b\"")], factory: registry).increment(by: 2)
    Counter(label: "things", dimensions: [("kind", "a \"b\"")], factory: registry).increment(by: 3)
    Gauge(label: "level", factory: registry).record(1.5)
    Timer(label: "wait_seconds", factory: registry).recordMilliseconds(30)
    let lines = Set(registry.text().split(separator: "\n").map(String.init))
    #expect(lines.isSuperset(of: ["# TYPE things counter", #"things{kind="a \"b\""} 5"#, "# TYPE level gauge", "level 1.5"]))
    #expect(lines.isSuperset(of: [#"wait_seconds_bucket{le="0.025"} 0"#, #"wait_seconds_bucket{le="0.05"} 1"#]))
    #expect(lines.isSuperset(of: [#"wait_seconds_bucket{le="+Inf"} 1"#, "wait_seconds_count 1", "wait_seconds_sum 0.03"]))
  }

  @Test func `labels without bound end in one series`() {
    let registry = MetricsRegistry()
    for number in 0..<3_000 { Counter(label: "things", dimensions: [("n", "\(number)")], factory: registry).increment() }
    #expect(registry.text().contains(#"things{overflow="true"} 1000"#))
  }
}
