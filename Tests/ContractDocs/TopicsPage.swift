import Events

/// `docs/topics.md`: the table of topics, and for each its types with an example.
enum TopicsPage {
  static func text() throws -> String {
    let table = Topics.all.map { topic in
      "| [`\(topic.name)`](#\(anchor(topic))) | \(topic.key) | \(topic.writer) | \(kept(topic)) | \(topic.maxMessageBytes >> 10) KB |"
    }
    let sections = try Topics.all.map(section)
    return """
      # Topics

      Derived from the code by `scripts/contract-docs`; a test holds it against the code. The examples are the golden records of the tests, with
      invented data. `asyncapi.json` beside this page says the same for programs, with a JSON Schema for each record.

      | topic | key | written by | kept | largest record |
      | --- | --- | --- | --- | --- |
      \(table.joined(separator: "\n"))

      \(sections.joined(separator: "\n"))
      """
  }

  private static func section(_ topic: Topic) throws -> String {
    "## \(topic.name)\n\n\(topic.purpose)\n\n\(try records(of: topic))"
  }

  private static func records(of topic: Topic) throws -> String {
    if topic == Topics.webhooksRaw {
      return "The value of a record is the body as it came; what is known about it stands in the headers.\n"
    }
    guard let entry = Catalogue.all.first(where: { $0.topic == topic }) else { return "No service writes it yet.\n" }
    let types = entry.types.map { "- [`\($0.name)`, version \($0.version)](\(Contract.schemaPath(of: $0, in: topic)))\n" }
    let example = try entry.types.first.flatMap { try Golden.of($0, in: topic).first { $0.variant == nil } }
    let json = example.map { "\n```json\n\(String(decoding: $0.bytes, as: UTF8.self))```\n" }
    return types.joined() + (json ?? "")
  }

  private static func kept(_ topic: Topic) -> String {
    switch topic.retention {
    case .forever: "for ever"
    case .days(1): "1 day"
    case .days(let days): "\(days) days"
    case .compacted: "the newest of each key"
    }
  }

  /// As Markdown renderers make anchors of headings.
  private static func anchor(_ topic: Topic) -> String { topic.name.filter { $0 != "." } }
}
