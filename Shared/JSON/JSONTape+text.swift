extension JSONTape {
  /// Appends the value at `index` without white space, members in their order, strings with the fewest escapes.
  /// Recursion is bounded by the depth the document was parsed with.
  func write(_ index: Int, to buffer: inout JSONBuffer) {
    switch tag(index) {
    case Tag.object: writeObject(index, to: &buffer)
    case Tag.array: writeArray(index, to: &buffer)
    case Tag.string: buffer.append(quoted: stringBytes(index))
    case Tag.integer: buffer.append(integer: Int64(bitPattern: number(index)))
    case Tag.unsigned: buffer.append(integer: number(index))
    case Tag.double: buffer.append(verbatim: Double(bitPattern: number(index)).description)
    case Tag.true: buffer.append(verbatim: "true")
    case Tag.false: buffer.append(verbatim: "false")
    default: buffer.append(verbatim: "null")
    }
  }

  private func writeObject(_ index: Int, to buffer: inout JSONBuffer) {
    let close = close(index)
    var key = index + 1
    buffer.append(UInt8(ascii: "{"))
    while key < close {
      if key > index + 1 { buffer.append(UInt8(ascii: ",")) }
      buffer.append(quoted: stringBytes(key))
      buffer.append(UInt8(ascii: ":"))
      write(key + 1, to: &buffer)
      key = next(key + 1)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  private func writeArray(_ index: Int, to buffer: inout JSONBuffer) {
    let close = close(index)
    var value = index + 1
    buffer.append(UInt8(ascii: "["))
    while value < close {
      if value > index + 1 { buffer.append(UInt8(ascii: ",")) }
      write(value, to: &buffer)
      value = next(value)
    }
    buffer.append(UInt8(ascii: "]"))
  }
}
