import Foundation

/// A rule of the house and what breaks it in one file.
struct Rule: Sendable, CustomStringConvertible {
  /// What the rule demands, as a sentence.
  let description: String
  let check: @Sendable (SourceFile) -> [Violation]

  static let all: [Rule] = imports + safety + purity + logs + texts
}

struct Violation: Sendable, CustomStringConvertible {
  let path: String
  let line: Int
  let reason: String

  var description: String { "\(path):\(line): \(reason)" }
}

extension SourceFile {
  func violation(_ line: Int, _ reason: String) -> Violation { Violation(path: path, line: line, reason: reason) }

  /// A violation for each of the words in the given lines.
  func violations(of words: [String], in lines: [(Int, String)]) -> [Violation] {
    lines.flatMap { number, line in words.filter { line.containsWord($0) }.map { violation(number, $0) } }
  }
}

extension String {
  /// Whether the word is in the text and is no part of a longer one.
  func containsWord(_ word: String) -> Bool {
    var from = startIndex
    while let found = range(of: word, range: from..<endIndex) {
      let before = found.lowerBound == startIndex ? nil : self[index(before: found.lowerBound)]
      let after = found.upperBound == endIndex ? nil : self[found.upperBound]
      let joinsBefore = before.map(\.isPartOfWord) == true && word.first?.isPartOfWord == true
      let joinsAfter = after.map(\.isPartOfWord) == true && word.last?.isPartOfWord == true
      if !joinsBefore && !joinsAfter { return true }
      from = found.upperBound
    }
    return false
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}
