import Foundation

extension Rule {
  static let logs: [Rule] = [
    Rule(description: "A log line holds no secret and no personal text") { file in
      guard file.isSwift, !file.quotesRules else { return [] }
      return file.logCalls.flatMap { line, call in
        call.interpolations.filter { text in
          text.contains(".value") || text.contains(".clear()") || secretWords.contains { text.lowercased().contains($0) }
        }.map { file.violation(line, "logs \($0)") }
      }
    }
  ]

  private static let secretWords = ["token", "secret", "password", "authorization", "credential"]
}

extension SourceFile {
  /// Calls of a logger with the line where each begins.
  fileprivate var logCalls: [(Int, String)] {
    let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical", "log"]
    return code.compactMap { number, line in
      guard levels.contains(where: { line.containsWord("logger.\($0)(") }), let start = line.range(of: "logger.") else { return nil }
      let rest = ([String(line[start.lowerBound...])] + lines[number...]).joined(separator: "\n")
      return (number, rest.upToClosingParenthesis)
    }
  }
}

extension String {
  /// From the first opening parenthesis to the one that closes it.
  fileprivate var upToClosingParenthesis: String {
    guard let start = firstIndex(of: "(") else { return "" }
    var depth = 0
    for index in self[start...].indices {
      if self[index] == "(" { depth += 1 } else if self[index] == ")" { depth -= 1 }
      if depth == 0 { return String(self[start...index]) }
    }
    return String(self[start...])
  }

  /// The expressions in `\(…)`.
  fileprivate var interpolations: [String] {
    var found: [String] = []
    var rest = self[...]
    while let start = rest.range(of: "\\(") {
      rest = rest[rest.index(before: start.upperBound)...]
      let expression = String(rest).upToClosingParenthesis
      found.append(expression)
      rest = rest.dropFirst(expression.count)
    }
    return found
  }
}
