import ContractDocs
import Events
import JSON

/// The fields of a record by its schema, as `Definition.field`.
struct Fields {
  private let record: Schema
  private let definitions: [String: Schema]
  private let name: String

  init(of type: TypeName, in entry: Catalogue.Entry) throws {
    let book = SchemaBook()
    record = try book.record(type, of: entry.body)
    definitions = Dictionary(uniqueKeysWithValues: book.definitions.map { ($0.name, $0.schema) })
    name = "\(entry.topic.name)/\(type)"
  }

  var declared: Set<String> {
    definitions.reduce(into: names(of: record, in: name)) { $0.formUnion(names(of: $1.value, in: $1.key)) }
  }

  func filled(in value: JSONValue) -> Set<String> {
    var found: Set<String> = []
    collect(value, record, in: name, into: &found)
    return found
  }

  private func names(of schema: Schema, in place: String) -> Set<String> {
    switch schema {
    case .object(let properties):
      properties.reduce(into: []) { $0.formUnion(names(of: $1.schema, in: "\(place).\($1.name)").union(["\(place).\($1.name)"])) }
    case .anyOf(let alternatives): alternatives.reduce(into: []) { $0.formUnion(names(of: $1, in: place)) }
    case .array(let element), .dictionary(let element): names(of: element, in: place)
    default: []
    }
  }

  private func collect(_ value: JSONValue, _ schema: Schema, in place: String, into found: inout Set<String>) {
    switch schema {
    case .reference(let name):
      if let definition = definitions[name] { collect(value, definition, in: name, into: &found) }
    case .array(let element):
      for item in value.elements { collect(item, element, in: place, into: &found) }
    case .anyOf(let alternatives):
      for alternative in alternatives { collect(value, alternative, in: place, into: &found) }
    case .object(let properties):
      for property in properties {
        guard let member = value[property.name] else { continue }
        found.insert("\(place).\(property.name)")
        collect(member, property.schema, in: "\(place).\(property.name)", into: &found)
      }
    default: break
    }
  }
}
