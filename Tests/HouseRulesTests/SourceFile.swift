import ContractDocs
import Foundation

/// A text file of the project.
struct SourceFile: Sendable {
  /// From the root of the project.
  let path: String
  let lines: [String]
  let isExecutable: Bool

  init(path: String, text: String, isExecutable: Bool = false) {
    self.path = path
    self.isExecutable = isExecutable
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// What follows the last dot of the name; empty if there is none.
  var kind: String { name.contains(".") ? name.split(separator: ".").last.map(String.init) ?? "" : "" }
  var isSwift: Bool { kind == "swift" }
  var isTest: Bool { folders.first == "Tests" }

  /// The service whose folder the file is in.
  var service: String? { folders.count > 1 && folders[0] == "Services" ? folders[1] : nil }
  var isCore: Bool { service != nil && folders.contains("Core") }

  /// The modules that the file imports, with their lines.
  var imports: [(module: String, line: Int)] {
    numberedLines.compactMap { number, line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"),
        words[..<index].allSatisfy({ $0.hasPrefix("@") || accessWords.contains(String($0)) })
      else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      return words[(index + 1)...].first { !kinds.contains($0) }.map { (String($0.split(separator: ".")[0]), number) }
    }
  }

  /// All lines with their numbers, from 1.
  var numberedLines: [(Int, String)] { lines.enumerated().map { ($0.offset + 1, $0.element) } }

  /// All lines with their numbers, without what is commented out.
  var code: [(Int, String)] { numberedLines.map { ($0, $1.withoutComment) } }

  /// The comment that stands directly above a line, attributes left out.
  func comment(above number: Int) -> String {
    var found: [String] = []
    for line in lines[..<(number - 1)].reversed() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("//") { found.append(text) } else if !text.hasPrefix("@") { break }
    }
    return found.reversed().joined(separator: "\n")
  }
}

private let accessWords: Set<String> = ["public", "package", "internal", "private"]

extension String {
  /// Up to `//`, unless that is part of an address.
  fileprivate var withoutComment: String {
    var from = startIndex
    while let found = range(of: "//", range: from..<endIndex) {
      if found.lowerBound == startIndex || self[index(before: found.lowerBound)] != ":" { return String(self[..<found.lowerBound]) }
      from = found.upperBound
    }
    return self
  }
}

extension SourceFile {
  private static let roots = [
    "Package.swift", "README.md", "Services", "Shared", "Tests", "scripts", "compose", "docs", ".ci", ".gitignore", ".swift-format",
  ]

  /// Every text file of the project; build products and data are not among them.
  static func all() throws -> [SourceFile] {
    try roots.flatMap { root -> [SourceFile] in
      let paths = FileManager.default.enumerator(atPath: Checkout.url(root).path)?.compactMap { $0 as? String } ?? []
      return try ([root] + paths.sorted().map { "\(root)/\($0)" }).compactMap(read)
    }
  }

  private static func read(_ path: String) throws -> SourceFile? {
    let url = Checkout.url(path)
    var isFolder: ObjCBool = false
    guard !path.contains("__pycache__"), FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue,
      let text = String(data: try Data(contentsOf: url), encoding: .utf8)
    else { return nil }
    return SourceFile(path: path, text: text, isExecutable: FileManager.default.isExecutableFile(atPath: url.path))
  }
}
