import CoreMetrics
import Synchronization

/// One series of the registry.
protocol SeriesValue: AnyObject, Sendable {
  /// As Prometheus names it.
  var type: String { get }
  func lines() -> [(suffix: String, label: String, value: String)]
}

final class CounterSeries: SeriesValue, CounterHandler {
  private let count = Atomic<Int64>(0)
  var type: String { "counter" }

  func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
  func reset() { count.store(0, ordering: .relaxed) }
  func lines() -> [(suffix: String, label: String, value: String)] { [("", "", "\(count.load(ordering: .relaxed))")] }
}

final class GaugeSeries: SeriesValue, MeterHandler, RecorderHandler {
  private let value = Mutex(0.0)
  var type: String { "gauge" }

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func lines() -> [(suffix: String, label: String, value: String)] { [("", "", "\(value.withLock { $0 })")] }
}

/// Durations, in seconds.
final class HistogramSeries: SeriesValue, TimerHandler {
  private struct Counts {
    var buckets: [Int]
    var sum = 0.0
    var count = 0
  }

  private let bounds: [Double]
  private let counts: Mutex<Counts>
  var type: String { "histogram" }

  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Mutex(Counts(buckets: Array(repeating: 0, count: bounds.count)))
  }

  func recordNanoseconds(_ duration: Int64) {
    let seconds = Double(duration) / 1e9
    let bucket = bounds.firstIndex { seconds <= $0 }
    counts.withLock { counts in
      if let bucket { counts.buckets[bucket] += 1 }
      counts.sum += seconds
      counts.count += 1
    }
  }

  func lines() -> [(suffix: String, label: String, value: String)] {
    let counts = counts.withLock { $0 }
    var running = 0
    var lines: [(suffix: String, label: String, value: String)] = zip(bounds, counts.buckets).map { bound, count in
      running += count
      return ("_bucket", "le=\"\(bound)\"", "\(running)")
    }
    lines.append(("_bucket", "le=\"+Inf\"", "\(counts.count)"))
    lines.append(("_sum", "", "\(counts.sum)"))
    lines.append(("_count", "", "\(counts.count)"))
    return lines
  }
}
