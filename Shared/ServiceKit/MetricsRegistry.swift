import CoreMetrics
import Synchronization

/// Collects what swift-metrics reports and writes it as Prometheus text (exposition format 0.0.4).
public final class MetricsRegistry: MetricsFactory {
  public static let shared = MetricsRegistry()

  public init() {}

  /// Upper bounds of the buckets of durations, in seconds.
  static let secondsBuckets: [Double] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  /// More series than this are a mistake in the labels; further ones are counted together as `overflow`.
  static let maxSeries = 2_000

  struct Series: Hashable {
    let name: String
    let labels: String
  }

  private let series = Mutex<[Series: any SeriesValue]>([:])

  /// Makes this registry the one of the process. Only the first call counts.
  public static func bootstrap() {
    let isFirst = bootstrapped.withLock { done in
      defer { done = true }
      return !done
    }
    if isFirst { MetricsSystem.bootstrap(shared) }
  }
  private static let bootstrapped = Mutex(false)

  private func find<V: SeriesValue>(_ label: String, _ dimensions: [(String, String)], make: () -> V) -> V {
    let labels = dimensions.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    return series.withLock { series in
      var key = Series(name: label, labels: labels)
      if let known = series[key] as? V { return known }
      if series.count >= Self.maxSeries { key = Series(name: label, labels: "overflow=\"true\"") }
      if let known = series[key] as? V { return known }
      let made = make()
      series[key] = made
      return made
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    find(label, dimensions) { CounterSeries() }
  }
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    find(label, dimensions) { GaugeSeries() }
  }
  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    find(label, dimensions) { GaugeSeries() }
  }
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    find(label, dimensions) { HistogramSeries(bounds: Self.secondsBuckets) }
  }
  public func destroyCounter(_ handler: any CounterHandler) {}
  public func destroyMeter(_ handler: any MeterHandler) {}
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  public func destroyTimer(_ handler: any TimerHandler) {}

  /// All series, sorted by name.
  public func text() -> String {
    let all = series.withLock { $0 }
    var text = ""
    for (name, group) in Dictionary(grouping: all, by: \.key.name).sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(name) \(group[0].value.type)\n"
      for (series, value) in group.sorted(by: { $0.key.labels < $1.key.labels }) {
        for line in value.lines() {
          let labels = [series.labels, line.label].filter { !$0.isEmpty }.joined(separator: ",")
          text += name + line.suffix + (labels.isEmpty ? "" : "{\(labels)}") + " \(line.value)\n"
        }
      }
    }
    return text
  }
}
