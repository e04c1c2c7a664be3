/// Reads `Decodable` types from JSON, several times faster than Foundation's `JSONDecoder`.
///
/// - Types decode themselves by their own `Decodable` conformance: a `Date` is a number of seconds since 2001, `Data` an array of numbers.
/// - An integer may be written with a fraction of zero (`3.0`) or an exponent, as long as it is exact.
/// - `decodeIfPresent` takes `null` for an absent key. Of repeated keys the first counts.
/// - Every fault of the JSON or its shape is thrown as a `JSONError` without content of the document; other errors that a type throws in
///   `init(from:)` pass through. Paths start at the root of the document.
public enum JSONReader {
  /// Reads a `T` from a whole JSON text in UTF-8.
  public static func decode<T: Decodable>(
    _ type: T.Type = T.self, from bytes: [UInt8], userInfo: [CodingUserInfoKey: Any] = [:]
  ) throws -> T {
    try decode(type, from: JSONDocument(parsing: bytes).root, userInfo: userInfo)
  }

  /// Reads a `T` from a value of a document that is parsed already.
  public static func decode<T: Decodable>(
    _ type: T.Type = T.self, from value: JSONValue, userInfo: [CodingUserInfoKey: Any] = [:]
  ) throws -> T {
    let source = JSONSource(document: value.document, userInfo: userInfo)
    do {
      return try T(from: JSONValueDecoder(source: source, index: value.index))
    } catch let fault as JSONFault {
      throw fault.error(in: source.tape)
    } catch let error as DecodingError {
      throw JSONError(error)
    }
  }
}

extension JSONError {
  /// Leaves the error's own text out: the standard library puts the offending value into it.
  fileprivate init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init("missing value", path: JSONPathKey.text(of: context.codingPath + [key]))
    case .valueNotFound(_, let context):
      self.init("missing value", path: JSONPathKey.text(of: context.codingPath))
    case .typeMismatch(_, let context):
      self.init("wrong type of value", path: JSONPathKey.text(of: context.codingPath))
    case .dataCorrupted(let context):
      self.init("value not allowed", path: JSONPathKey.text(of: context.codingPath))
    @unknown default:
      self.init("value not allowed")
    }
  }
}
