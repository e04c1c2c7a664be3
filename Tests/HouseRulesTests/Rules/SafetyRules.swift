extension Rule {
  static let safety: [Rule] = [
    Rule(description: "Data never stops the process: no trap on what others sent") { file in
      guard file.isSwift, !file.quotesRules else { return [] }
      return file.violations(of: ["fatalError(", "try!", "as!", "preconditionFailure("], in: file.code)
        .filter { violation in !traps.contains { $0.path == violation.path && $0.word == violation.reason } }
    },
    Rule(description: "What the compiler cannot check for data races has its proof directly above, after `Safe:`") { file in
      guard file.isSwift, !file.quotesRules else { return [] }
      return file.violations(of: ["@unchecked Sendable", "nonisolated(unsafe)"], in: file.code)
        .filter { !file.comment(above: $0.line).contains("Safe:") }
    },
    Rule(description: "Tests use what the package shows, with one test library") { file in
      guard file.isSwift, !file.quotesRules else { return [] }
      return file.violations(of: ["@testable", "import XCTest"], in: file.code)
    },
  ]

  /// Traps that are allowed, each on a fault of our own code only.
  private static let traps: [(path: String, word: String)] = []
}

extension SourceFile {
  /// The rules and their tests name what they forbid.
  var quotesRules: Bool { path.hasPrefix("Tests/HouseRulesTests/") }
}
