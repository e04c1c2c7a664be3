import Foundation

/// What was measured, as ratios within one run.
struct Figures {
  struct Row {
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
    add(name, ratio, demand: ">=", atLeast, holds: ratio >= atLeast)
  }

  mutating func add(_ name: String, ratio: Double, atMost: Double) {
    add(name, ratio, demand: "<=", atMost, holds: ratio <= atMost)
  }

  private mutating func add(_ name: String, _ ratio: Double, demand: String, _ limit: Double, holds: Bool) {
    rows.append(Row(name: name, value: String(format: "%.2f", ratio), demand: String(format: "\(demand) %.2f", limit), holds: holds))
  }

  /// A Markdown table, as it stands in `docs/performance.md`.
  var markdown: String {
    let head = "| figure | value | demanded | holds |\n| --- | --- | --- | --- |\n"
    let lines = rows.map { "| \($0.name) | \($0.value) | \($0.demand) | \($0.demand.isEmpty ? "" : $0.holds ? "yes" : "NO") |" }
    return head + lines.joined(separator: "\n")
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
