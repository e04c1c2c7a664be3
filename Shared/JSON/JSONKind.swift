/// The type of a JSON value; numbers are told apart by what they fit.
public enum JSONKind: Sendable {
  case object
  case array
  case string
  /// A number written as an integer that fits `Int64`.
  case integer
  /// A number written as an integer that fits only `UInt64`.
  case unsigned
  /// A number written with a fraction or an exponent.
  case double
  case bool
  case null

  /// With its article, for error texts.
  var name: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .integer, .unsigned: "an integer"
    case .double: "a fraction"
    case .bool: "a boolean"
    case .null: "null"
    }
  }
}

extension JSONTape {
  func kind(_ index: Int) -> JSONKind {
    switch tag(index) {
    case Tag.object: .object
    case Tag.array: .array
    case Tag.string: .string
    case Tag.integer: .integer
    case Tag.unsigned: .unsigned
    case Tag.double: .double
    case Tag.true, Tag.false: .bool
    default: .null
    }
  }

  func double(_ index: Int) -> Double? {
    switch tag(index) {
    case Tag.double: Double(bitPattern: number(index))
    case Tag.integer: Double(Int64(bitPattern: number(index)))
    case Tag.unsigned: Double(number(index))
    default: nil
    }
  }
}
