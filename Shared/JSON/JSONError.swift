/// Why JSON could not be read or written. The text never contains content of the document, so it may be logged.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A short English sentence part, such as `expected a string, found an integer`.
  public let reason: String
  /// Where in the document, such as `entry[0].changes[2].value.id`; empty for the whole document.
  /// A key that does not look like a field name (for example a telephone number used as a key) is shown as `*`.
  public let path: String

  package init(_ reason: String, path: String = "") {
    self.reason = reason
    self.path = path
  }

  public var description: String { path.isEmpty ? reason : "\(reason) at \(path)" }
}
