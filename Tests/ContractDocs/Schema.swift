/// What the JSON of a type looks like.
package indirect enum Schema: Hashable, Sendable {
  case string(format: String?)
  case integer(format: String)
  case number
  case boolean
  case enumeration([String])
  case constant(Constant)
  case array(Schema)
  /// An object whose keys are data.
  case dictionary(Schema)
  case object([Property])
  case anyOf([Schema])
  /// A named schema of the same book.
  case reference(String)

  package struct Property: Hashable, Sendable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool
  }

  package enum Constant: Hashable, Sendable {
    case string(String)
    case integer(Int)

    var json: JSONTree {
      switch self {
      case .string(let text): .string(text)
      case .integer(let number): .integer(number)
      }
    }
  }

  /// As JSON Schema (draft 2020-12). Objects are open: readers ignore fields that they do not know.
  var json: JSONTree { .object(members) }

  var members: [(key: String, value: JSONTree)] {
    switch self {
    case .string(nil): [("type", "string")]
    case .string(let format?): [("type", "string"), ("format", .string(format))]
    case .integer(let format): [("type", "integer"), ("format", .string(format))]
    case .number: [("type", "number")]
    case .boolean: [("type", "boolean")]
    case .enumeration(let values): [("type", "string"), ("enum", .array(values.map(JSONTree.string)))]
    case .constant(let constant): [("const", constant.json)]
    case .array(let element): [("type", "array"), ("items", element.json)]
    case .dictionary(let value): [("type", "object"), ("additionalProperties", value.json)]
    case .object(let properties):
      [
        ("type", "object"),
        ("properties", .object(properties.map { ($0.name, $0.schema.json) })),
        ("required", .array(properties.filter(\.isRequired).map { .string($0.name) })),
      ]
    case .anyOf(let alternatives): [("anyOf", .array(alternatives.map(\.json)))]
    case .reference(let name): [("$ref", "#/$defs/\(name)")]
    }
  }
}
