import Foundation

/// What was measured, as ratios within one run.
struct Figures {
  struct Row: Codable {
    let name: String
    let value: String
    /// The demand, where there is one.
    let demand: String
    let holds: Bool
  }

  private(set) var rows: [Row] = []

  mutating func add(_ name: String, _ value: String) {
    rows.append(Row(name: name, value: value, demand: "", holds: true))
  }

  mutating func add(_ name: String, ratio: Double, atLeast: Double) {
    rows.append(Row(name: name, value: String(format: "%.2f", ratio), demand: String(format: ">= %.2f", atLeast), holds: ratio >= atLeast))
  }

  mutating func add(_ name: String, ratio: Double, atMost: Double) {
    rows.append(Row(name: name, value: String(format: "%.2f", ratio), demand: String(format: "<= %.2f", atMost), holds: ratio <= atMost))
  }

  /// A Markdown table, as it stands in `docs/performance.md`.
  var markdown: String {
    "| figure | value | demanded | holds |\n| --- | --- | --- | --- |\n"
      + rows.map { "| \($0.name) | \($0.value) | \($0.demand) | \($0.demand.isEmpty ? "" : $0.holds ? "yes" : "NO") |" }.joined(separator: "\n")
  }
}

/// Values in order, asked for percentiles.
struct Percentiles {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  /// - Parameter share: 0 to 1.
  subscript(share: Double) -> Double {
    sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }
}

/// Seconds that a piece of work takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try work()
  let time = start.duration(to: .now)
  return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}
