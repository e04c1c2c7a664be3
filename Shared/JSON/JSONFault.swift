/// A fault found while reading; its path is worked out only if it reaches the caller of `JSONReader`.
struct JSONFault: Error {
  let reason: String
  /// The value at fault or, with a `key`, the object around it.
  let index: Int
  var key: String?

  func error(in tape: JSONTape) -> JSONError {
    var path = tape.path(to: index)
    if let key { path.append(.name(key)) }
    return JSONError(reason, path: JSONPathKey.text(of: path))
  }
}
