/// How a store compares with a tally.
public struct CheckResult: Sendable {
  /// One way in which a store can be wrong.
  public enum Difference: String, Sendable, CaseIterable {
    case ingestNotSettled = "ingest did not settle"
    case equationBroken = "received = stored + duplicates + dead-lettered is broken"
    case receivedWrong = "items received"
    case storedWrong = "items stored"
    case duplicatesWrong = "duplicates"
    case deadLettered = "dead-lettered items"
    case lost = "messages lost"
    case doubled = "messages doubled"
    case outOfOrder = "conversations out of order"
    case mixed = "conversations of several customers or numbers"
    case split = "customers split over several conversations"
    case textWrong = "texts wrong"
    case statusWrong = "statuses wrong"
  }

  public struct Row: Sendable {
    public let name: String
    public let expected: String
    public let found: String
  }

  public internal(set) var rows: [Row] = []
  public private(set) var differences: [Difference: [String]] = [:]

  public var agrees: Bool { differences.isEmpty }

  mutating func note(_ difference: Difference, _ detail: String) {
    differences[difference, default: []].append(detail)
  }

  mutating func compare(_ name: String, expected: Int, found: Int, _ difference: Difference) {
    rows.append(Row(name: name, expected: "\(expected)", found: "\(found)"))
    if expected != found { note(difference, "\(name): expected \(expected), found \(found)") }
  }

  /// The numbers side by side, then each difference with its first few cases.
  public var table: String {
    let cells = [("", "sent", "found")] + rows.map { ($0.name, $0.expected, $0.found) }
    let width = cells.map(\.0.count).max() ?? 0
    var lines = cells.map { name, expected, found in pad(name, width) + pad(expected, -12) + pad(found, -12) }
    for difference in Difference.allCases {
      guard let cases = differences[difference] else { continue }
      lines.append("\(difference.rawValue): \(cases.count)")
      lines += cases.prefix(shownCases).map { "  \($0)" }
    }
    lines.append(agrees ? "The store agrees with what was sent." : "The store DIFFERS from what was sent.")
    return lines.joined(separator: "\n")
  }

  private var shownCases: Int { 5 }

  /// A negative width sets the text to the right.
  private func pad(_ text: String, _ width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? blanks + text : text + blanks
  }
}
