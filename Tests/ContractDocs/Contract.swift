import Events
import Foundation

/// The published contract: every file under `docs/` that is derived from the code.
package enum Contract {
  package struct File: Sendable {
    /// From the root of the project.
    package let path: String
    package let text: String
  }

  /// Folders that hold nothing but derived files.
  package static let folders = ["docs/schemas"]

  package static func files() throws -> [File] {
    let schemas = try Catalogue.all.flatMap { entry in
      try entry.types.map { type in
        File(path: "docs/\(schemaPath(of: type, in: entry.topic))", text: try schema(of: type, in: entry).text())
      }
    }
    return try schemas + [
      File(path: "docs/asyncapi.json", text: AsyncAPI.document().text()),
      File(path: "docs/topics.md", text: TopicsPage.text()),
    ]
  }

  /// Where the schema of a record stands, from `docs/`.
  static func schemaPath(of type: TypeName, in topic: Topic) -> String {
    "schemas/\(topic.name)/\(type.name).v\(type.version).schema.json"
  }

  /// Writes all files and removes those that are no longer derived.
  package static func write() throws {
    for folder in folders where FileManager.default.fileExists(atPath: Checkout.url(folder).path) {
      try FileManager.default.removeItem(at: Checkout.url(folder))
    }
    for file in try files() {
      let url = Checkout.url(file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
    }
  }

  private static func schema(of type: TypeName, in entry: Catalogue.Entry) throws -> JSONTree {
    let book = SchemaBook()
    let record = try book.record(type, of: entry.body)
    return .object(
      [
        ("$schema", "https://json-schema.org/draft/2020-12/schema"),
        ("$id", "urn:parley:\(entry.topic.name):\(type.name):\(type.version)"),
        ("title", "\(type.name), version \(type.version), of \(entry.topic.name)"),
      ] + record.members + [("$defs", .object(book.definitions.map { ($0.name, $0.schema.json) }))])
  }
}
