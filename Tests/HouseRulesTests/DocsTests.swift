import ContractDocs
import Foundation
import Testing

@Suite struct DocsTests {
  @Test func `every setting that is read stands in the README`() throws {
    let reader = try text("Shared/ServiceKit/SettingsReader.swift")
    let settings = reader.matches(of: /\b(?:text|number|oneOf|file)\("([a-z.]+)"/).map { match in
      "PARLEY_" + match.1.uppercased().replacing(".", with: "_")
    }
    try #require(settings.count > 10)
    let readme = try text("README.md")
    #expect(settings.filter { !readme.contains("`\($0)`") } == [])
  }

  @Test func `every variable of the compose file has an example, and every example is used`() throws {
    let used = Set(try text("compose/compose.yaml").matches(of: /\$\{([A-Z_]+)/).map { String($0.1) })
    let named = Set(try text("compose/.env.example").matches(of: /(?m)^([A-Z_]+)=/).map { String($0.1) })
    #expect(used == named.subtracting(["COMPOSE_PROJECT_NAME"]))
  }

  @Test func `the edge knows every path of the design page`() throws {
    let caddyfile = try text("compose/Caddyfile")
    let rows = try text("docs/design.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
    for service in ["ingest-gateway", "ticket-service", "notifier", "reporter"] {
      let row = try #require(rows.first { $0.hasPrefix("| \(service) |") })
      let paths = row.matches(of: /`(\/[a-z\/-]+)/).map { $0.1.hasSuffix("/") ? String($0.1.dropLast()) : String($0.1) }
      try #require(!paths.isEmpty)
      for path in paths { #expect(caddyfile.contains(" \(path)"), "\(path) of \(service)") }
    }
  }

  @Test(arguments: ["README.md", "docs/design.md", "docs/operations.md", "docs/topics.md"])
  func `links between files lead somewhere`(page: String) throws {
    let folder = URL(filePath: page, relativeTo: Checkout.root).deletingLastPathComponent()
    for match in try text(page).matches(of: /\]\(([^)#:]+)\)/) {
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: String(match.1)).path), "\(match.1) in \(page)")
    }
  }

  @Test func `files that the README names exist`() throws {
    let named = try text("README.md").matches(of: /`((?:docs|scripts|compose|Tests|Services|Shared)\/[A-Za-z0-9.\/-]+)`/).map {
      String($0.1)
    }
    try #require(named.count > 5)
    for path in named where !path.contains("NAME") {
      #expect(FileManager.default.fileExists(atPath: Checkout.url(path).path), "\(path)")
    }
  }

  private func text(_ path: String) throws -> String { try String(contentsOf: Checkout.url(path), encoding: .utf8) }
}
