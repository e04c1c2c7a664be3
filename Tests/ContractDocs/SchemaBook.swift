import Events

/// Derives schemas from `Decodable` types, by running their `init(from:)` with a decoder that notes what it is asked for.
///
/// - An enum must be `CaseIterable` with texts as raw values.
/// - Where other keys follow from the case of an enum, or from whether an optional key is there, the alternatives are told apart by
///   running the type once for each. One such key in a type is understood.
/// - A named object is put under its name into `definitions`, once.
package final class SchemaBook {
  package private(set) var definitions: [(name: String, schema: Schema)] = []
  private var entries: [ObjectIdentifier: Entry] = [:]

  /// The schema of a type and values of it, one for each case of an enum.
  struct Entry {
    let schema: Schema
    let samples: [any Decodable]
  }

  package init() {}

  /// The schema of a record of that type.
  package func record<Body: RecordBody>(_ type: TypeName, of body: Body.Type) throws -> Schema {
    let recording = Recording(book: self, given: ["type": .string(type.name), "version": .integer(type.version)])
    _ = try Envelope<Body>(from: RecordingDecoder(recording))
    return recording.schema
  }

  func entry<T: Decodable>(_ type: T.Type) throws -> Entry {
    if let known = entries[ObjectIdentifier(type)] { return known }
    let entry = try leaf(type) ?? derived(type)
    entries[ObjectIdentifier(type)] = entry
    return entry
  }

  private func leaf<T: Decodable>(_ type: T.Type) throws -> Entry? {
    switch type {
    case is String.Type: return Entry(schema: .string(format: nil), samples: [""])
    case is Bool.Type: return Entry(schema: .boolean, samples: [false])
    case is Double.Type: return Entry(schema: .number, samples: [0.0])
    case is Int.Type: return Entry(schema: .integer(format: "int64"), samples: [0])
    case is Int64.Type: return Entry(schema: .integer(format: "int64"), samples: [Int64(0)])
    case is Int32.Type: return Entry(schema: .integer(format: "int32"), samples: [Int32(0)])
    case is Timestamp.Type: return Entry(schema: .string(format: "date-time"), samples: [Timestamp(seconds: 0)])
    case let cases as any CaseIterable.Type: return enumeration(cases)
    case let dictionary as any StringDictionary.Type: return try dictionary.entry(in: self)
    default: return nil
    }
  }

  private func enumeration<E: CaseIterable>(_ type: E.Type) -> Entry? {
    let values = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    return Entry(schema: .enumeration(values), samples: type.allCases.compactMap { $0 as? any Decodable })
  }

  private func derived<T: Decodable>(_ type: T.Type) throws -> Entry {
    let (plain, sample) = try run(type)
    guard case .object(let properties) = plain else { return Entry(schema: plain, samples: [sample]) }
    let name = definitionName(of: type)
    guard !definitions.contains(where: { $0.name == name }) else { throw NameTaken(name: name) }
    definitions.append((name, try alternatives(of: type, properties: properties) ?? plain))
    return Entry(schema: .reference(name), samples: [sample])
  }

  /// `PersonalString` for `Events.Personal<Swift.String>`.
  private func definitionName<T>(of type: T.Type) -> String {
    String(reflecting: type).replacing("Swift.", with: "").replacing("Events.", with: "").filter { $0.isLetter || $0.isNumber }
  }

  /// The alternatives of a type whose keys depend on one of its values, or `nil`.
  private func alternatives<T: Decodable>(of type: T.Type, properties: [Schema.Property]) throws -> Schema? {
    for property in properties {
      if case .enumeration(let cases) = property.schema {
        let variants = try cases.indices.map { index in
          let schema = try run(type, cases: [property.name: index]).schema
          return schema.replacing(
            property.name, by: Schema.Property(name: property.name, schema: .constant(.string(cases[index])), isRequired: true))
        }
        if Set(variants.map { $0.names(but: property.name) }).count > 1 { return .anyOf(variants) }
      } else if !property.isRequired {
        let there = Schema.object(properties)
        let without = try run(type, absent: property.name).schema
        guard without.names(but: property.name) != there.names(but: property.name) else { continue }
        let required = Schema.Property(name: property.name, schema: property.schema, isRequired: true)
        return .anyOf([without, there.replacing(property.name, by: required)])
      }
    }
    return nil
  }

  private func run<T: Decodable>(_ type: T.Type, cases: [String: Int] = [:], absent: String? = nil) throws -> (schema: Schema, T) {
    let recording = Recording(book: self, cases: cases, absent: absent)
    let value = try T(from: RecordingDecoder(recording))
    return (recording.schema, value)
  }

  package struct NameTaken: Error { package let name: String }
}

extension Schema {
  fileprivate func names(but name: String) -> [String] {
    guard case .object(let properties) = self else { return [] }
    return properties.map(\.name).filter { $0 != name }
  }

  fileprivate func replacing(_ name: String, by property: Property) -> Schema {
    guard case .object(let properties) = self else { return self }
    return .object(properties.map { $0.name == name ? property : $0 })
  }
}

private protocol StringDictionary {
  static func entry(in book: SchemaBook) throws -> SchemaBook.Entry
}

extension Dictionary: StringDictionary where Key == String, Value: Decodable {
  fileprivate static func entry(in book: SchemaBook) throws -> SchemaBook.Entry {
    SchemaBook.Entry(schema: .dictionary(try book.entry(Value.self).schema), samples: [[String: Value]()])
  }
}
