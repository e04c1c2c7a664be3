/// The elements of a JSON array, in order.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
  private let document: JSONDocument
  private let close: Int
  private var at: Int

  init(of value: JSONValue) {
    document = value.document
    at = value.index + 1
    close = value.kind == .array ? value.document.tape.close(value.index) : at
  }

  public mutating func next() -> JSONValue? {
    guard at < close else { return nil }
    defer { at = document.tape.next(at) }
    return JSONValue(document: document, index: at)
  }
}
