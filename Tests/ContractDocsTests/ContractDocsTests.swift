import ContractDocs
import Events
import Foundation
import JSON
import Testing

@Suite struct ContractDocsTests {
  @Test func `the published contract is what the code says`() throws {
    for file in try Contract.files() {
      let published = try? String(contentsOf: Checkout.url(file.path), encoding: .utf8)
      #expect(published == file.text, "\(file.path) is out of date: run scripts/contract-docs")
    }
  }

  @Test func `nothing else stands among the derived files`() throws {
    let derived = Set(try Contract.files().map(\.path))
    for folder in Contract.folders {
      let found = try FileManager.default.subpathsOfDirectory(atPath: Checkout.url(folder).path).filter { $0.hasSuffix(".json") }
      #expect(derived.isSuperset(of: found.map { "\(folder)/\($0)" }), "run scripts/contract-docs")
    }
  }

  @Test func `every field of every record is filled in a golden record`() throws {
    var declared: Set<String> = []
    var filled: Set<String> = []
    for golden in try Golden.all() {
      let entry = try #require(Catalogue.all.first { $0.topic.name == golden.topic })
      let fields = try Fields(of: golden.type, in: entry)
      declared.formUnion(fields.declared)
      filled.formUnion(fields.filled(in: try JSONDocument(parsing: golden.bytes).root))
    }
    #expect(declared.count > 100)
    #expect(declared.subtracting(filled).sorted() == [])
  }

  @Test func `alternatives are told apart`() throws {
    let book = SchemaBook()
    _ = try book.record(TypeName("message.received"), of: InboundRecord.self)
    let definitions = Dictionary(uniqueKeysWithValues: book.definitions.map { ($0.name, $0.schema) })
    guard case .anyOf(let kinds)? = definitions["MessageContent"], case .anyOf(let forms)? = definitions["PersonalString"] else {
      Issue.record("MessageContent and Personal have alternatives")
      return
    }
    #expect(kinds.count == MessageContent.Kind.allCases.count)
    #expect(forms.count == 2)
    guard case .object(let source)? = definitions["MessageSource"] else {
      Issue.record("a source is one object, whatever its origin")
      return
    }
    #expect(source.filter { !$0.isRequired }.map(\.name) == ["groupId", "conflicts"])
  }
}
