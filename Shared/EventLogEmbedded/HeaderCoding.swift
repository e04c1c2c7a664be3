import EventLog

/// Headers as one blob: for each its name and its value, both after their length in four bytes, lowest first.
enum HeaderCoding {
  static func encode(_ headers: [Header]) -> [UInt8]? {
    if headers.isEmpty { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headers.reduce(0) { $0 + 8 + $1.name.utf8.count + $1.value.count })
    for header in headers {
      append(Array(header.name.utf8), to: &bytes)
      append(header.value, to: &bytes)
    }
    return bytes
  }

  /// - Returns: `nil` when the blob does not hold what ``encode(_:)`` writes.
  static func decode(_ bytes: [UInt8]) -> [Header]? {
    var headers: [Header] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let name = take(&rest), let value = take(&rest) else { return nil }
      headers.append(Header(String(decoding: name, as: UTF8.self), Array(value)))
    }
    return headers
  }

  private static func append(_ part: [UInt8], to bytes: inout [UInt8]) {
    let count = UInt32(part.count)
    for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: count >> UInt32(shift))) }
    bytes += part
  }

  private static func take(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard rest.count - 4 >= count else { return nil }
    defer { rest = rest.dropFirst(4 + count) }
    return rest.dropFirst(4).prefix(count)
  }
}
