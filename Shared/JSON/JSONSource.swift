/// What all decoders of one reading share: the document, and its scalars checked for their type.
final class JSONSource {
  let document: JSONDocument
  let tape: JSONTape
  let userInfo: [CodingUserInfoKey: Any]
  /// The members of the long objects read so far, by the index of the object.
  var memberTables: [Int: [JSONTapeKey: Int]] = [:]

  init(document: JSONDocument, userInfo: [CodingUserInfoKey: Any]) {
    self.document = document
    self.tape = document.tape
    self.userInfo = userInfo
  }

  func isNull(_ index: Int) -> Bool { tape.tag(index) == JSONTape.Tag.null }

  func bool(_ index: Int) throws -> Bool {
    switch tape.tag(index) {
    case JSONTape.Tag.true: true
    case JSONTape.Tag.false: false
    default: throw mismatch("a boolean", index)
    }
  }

  func string(_ index: Int) throws -> String {
    guard tape.tag(index) == JSONTape.Tag.string else { throw mismatch("a string", index) }
    return tape.string(index)
  }

  func double(_ index: Int) throws -> Double {
    guard let value = tape.double(index) else { throw mismatch("a number", index) }
    return value
  }

  func float(_ index: Int) throws -> Float {
    let value = Float(try double(index))
    guard value.isFinite else { throw JSONFault(reason: "number does not fit", index: index) }
    return value
  }

  @inline(__always)
  func integer<I: FixedWidthInteger>(_ type: I.Type, _ index: Int) throws -> I {
    let exact: I?
    switch tape.tag(index) {
    case JSONTape.Tag.integer: exact = I(exactly: Int64(bitPattern: tape.number(index)))
    case JSONTape.Tag.unsigned: exact = I(exactly: tape.number(index))
    case JSONTape.Tag.double: exact = I(exactly: Double(bitPattern: tape.number(index)))
    default: throw mismatch("an integer", index)
    }
    guard let exact else { throw JSONFault(reason: "number does not fit", index: index) }
    return exact
  }

  func mismatch(_ expected: String, _ index: Int) -> JSONFault {
    JSONFault(reason: "expected \(expected), found \(tape.kind(index).name)", index: index)
  }
}
