extension JSONOutput {
  func writeNull() { buffer.append(verbatim: "null") }
  func write(_ value: Bool) { buffer.append(verbatim: value ? "true" : "false") }
  func write(_ value: String) { buffer.append(quoted: value) }

  func write<F: BinaryFloatingPoint & CustomStringConvertible>(number value: F) throws {
    guard buffer.append(number: value) else { throw failed(JSONError("number is not finite", path: currentPath)) }
  }

  /// Writes the value that stands inside `depth` open containers.
  func write<T: Encodable>(_ value: T, depth: Int) throws {
    do {
      try value.encode(to: JSONValueEncoder(output: self, depth: depth, start: buffer.count))
    } catch {
      throw failed(error)
    }
  }
}
