import Testing

@Suite struct HouseRulesTests {
  @Test(arguments: Rule.all)
  func `every file keeps the rules`(rule: Rule) throws {
    let files = try SourceFile.all()
    #expect(files.count > 100)
    let violations = files.flatMap(rule.check)
    #expect(violations.isEmpty, "\(rule):\n\(violations.map(\.description).joined(separator: "\n"))")
  }

  /// A text that breaks a rule, where it stands, and the line at fault.
  @Test(arguments: [
    ("Services/Notifier/Core/A.swift", "import Events\nimport Foundation", 2),
    ("Shared/ServiceKit/A.swift", "import GRDB", 1),
    ("Shared/Events/A.swift", "public import EventLog", 1),
    ("Shared/Views/A.swift", "import CRdKafka", 1),
    ("Services/Notifier/App/Routes.swift", "import struct GRDB.Row", 1),
    ("Services/Notifier/App/A.swift", "import ReporterCore", 1),
    ("Shared/ServiceKit/A.swift", "import NotifierApp", 1),
    ("Shared/Views/A.swift", "let a = 1\nlet b = try! c()", 2),
    ("Shared/Views/A.swift", "a as! B", 1),
    ("Shared/Views/A.swift", "fatalError(\"x\")", 1),
    ("Shared/Views/A.swift", "// Not safe.\nfinal class A: @unchecked Sendable {}", 2),
    ("Shared/Views/A.swift", "// Safe: set once.\nlet a = 1\nnonisolated(unsafe) var b = 1", 3),
    ("Tests/ViewsTests/A.swift", "@testable import Views", 1),
    ("Tests/ViewsTests/A.swift", "import XCTest", 1),
    ("Services/Notifier/Core/A.swift", "let now = Date()", 1),
    ("Services/Notifier/Core/A.swift", "let id = UUID().uuidString", 1),
    ("Services/Notifier/Core/A.swift", "Int.random(in: 0...1)", 1),
    ("Shared/Views/A.swift", "logger.info(\"signed in with \\(adminToken)\")", 1),
    ("Shared/Views/A.swift", "x()\nlogger.error(\n  \"failed\",\n  metadata: [\"a\": \"\\(settings.appSecret)\"])", 2),
    ("Shared/Views/A.swift", "self.logger.debug(\"from \\(person.phone?.value ?? \"\")\")", 1),
    ("docs/a.md", "a\n<<<<<<< HEAD", 2),
    ("docs/a.md", "a\n=======\nb", 2),
    ("Shared/Views/A.swift", "// TODO later", 1),
    ("docs/a.md", "see /home/me/parley", 1),
    ("scripts/run", "#!/bin/sh", 1),
  ])
  func `a rule sees what breaks it`(path: String, text: String, line: Int) {
    let violations = Rule.all.flatMap { $0.check(SourceFile(path: path, text: text)) }
    #expect(violations.map(\.line) == [line], "\(violations)")
  }

  @Test(arguments: [
    ("Services/Notifier/Core/A.swift", "import Events\nimport JSON\nlet updated = candidate(at: time)"),
    ("Services/Notifier/App/View/A.swift", "import GRDB"),
    ("Services/Parley/A.swift", "import NotifierApp\nimport ReporterApp"),
    ("Shared/Views/A.swift", "// Safe: written once, in `init`.\n@frozen\nfinal class A: @unchecked Sendable {}"),
    ("Shared/Views/A.swift", "/// Never `fatalError(` on data: see https://example.com//try!\nlet a = has!"),
    ("Shared/Views/A.swift", "logger.info(\"token refused\", metadata: [\"route\": \"\\(route.path)\"])\nlet a = \"\\(token)\""),
    ("docs/a.md", "`/tmp/XXXXXX` and a ======= b"),
  ])
  func `a rule lets the rest be`(path: String, text: String) {
    let violations = Rule.all.flatMap { $0.check(SourceFile(path: path, text: text)) }
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func `a file that is too long is seen`() {
    let lines = Array(repeating: "a", count: Rule.maxFileLines)
    let check = { (lines: [String]) in
      Rule.all.flatMap { $0.check(SourceFile(path: "Shared/A.swift", text: lines.joined(separator: "\n") + "\n")) }
    }
    #expect(check(lines).isEmpty)
    #expect(check(lines + ["b"]).map(\.line) == [Rule.maxFileLines + 1])
  }
}
