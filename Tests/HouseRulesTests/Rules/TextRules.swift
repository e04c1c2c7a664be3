extension Rule {
  /// The longest source file, in lines.
  static let maxFileLines = 400

  static let texts: [Rule] = [
    Rule(description: "A source file has at most \(maxFileLines) lines") { file in
      let isSource = ["swift", "js", "css", "html", "py", "sh", "c", "h", "cpp"].contains(file.kind)
      let count = file.lines.count - (file.lines.last == "" ? 1 : 0)
      return isSource && count > maxFileLines ? [file.violation(count, "\(count) lines")] : []
    },
    Rule(description: "A merge is finished before it is committed") { file in
      file.numberedLines.filter { $1.hasPrefix("<<<<<<< ") || $1.hasPrefix(">>>>>>> ") || $1 == "=======" }
        .map { file.violation($0.0, "merge marker") }
    },
    Rule(description: "What is left to do is an issue, not a comment") { file in
      file.quotesRules ? [] : file.violations(of: ["TODO", "FIXME", "XXX"], in: file.numberedLines)
    },
    Rule(description: "Nothing names a folder of one machine") { file in
      guard !file.quotesRules else { return [] }
      return file.violations(of: ["/home/", "/root/", "/Users/", " /work/", "\"/work/", "/opt/swift"], in: file.numberedLines)
    },
    Rule(description: "A script can be run, and says by what") { file in
      guard file.folders == ["scripts"] || file.folders == [".ci"] else { return [] }
      var found: [Violation] = []
      if !file.isExecutable { found.append(file.violation(1, "not executable")) }
      if file.lines.first?.hasPrefix("#!") != true { found.append(file.violation(1, "no #! line")) }
      return found
    },
  ]
}
