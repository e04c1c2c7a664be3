/// The members of a JSON object, in order.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  private let document: JSONDocument
  private let close: Int
  private var at: Int

  init(of value: JSONValue) {
    document = value.document
    at = value.index + 1
    close = value.kind == .object ? value.document.tape.close(value.index) : at
  }

  public mutating func next() -> (key: String, value: JSONValue)? {
    guard at < close else { return nil }
    defer { at = document.tape.next(at + 1) }
    return (document.tape.string(at), JSONValue(document: document, index: at + 1))
  }
}
