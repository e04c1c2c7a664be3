import CSimdjson

/// A parsed JSON text (RFC 8259), kept in simdjson's compact form until the last `JSONValue` of it is gone.
///
/// - Any value may be the root. The text must be UTF-8 without a byte order mark, which is checked.
/// - An integer beyond `Int64` and `UInt64`, and a number beyond `Double`, make the whole text unreadable.
/// - A lone surrogate escape (`"\ud83d"`) makes the whole text unreadable.
/// - If an object repeats a key, the first member counts.
///
/// A document uses about ten times the memory of its text, so keep `JSONValue.bytes()` rather than values for long.
// Safe: the tape and the string buffer are written before `init` returns and never after it, nothing in this module
// hands out a mutable pointer to them, and they are freed only in `deinit`, when no other reference exists.
public final class JSONDocument: @unchecked Sendable {
  /// The levels of nesting that are allowed if the caller names none: far more than any honest message needs. A container counts as a
  /// level only if it holds something.
  public static let defaultMaxDepth = 64

  let tape: JSONTape
  private let owner: OpaquePointer

  /// Parses `bytes`. Throws a `JSONError` with an empty path if they are not one JSON text or nest deeper than `maxDepth` containers.
  public convenience init(parsing bytes: [UInt8], maxDepth: Int = defaultMaxDepth) throws {
    try self.init(status: bytes.withUnsafeBufferPointer { csimdjson_parse($0.baseAddress, $0.count, maxDepth.clampedDepth) })
  }

  /// Parses `bytes`, which are copied. Throws like `init(parsing:maxDepth:)` for an array.
  public convenience init(parsing bytes: UnsafeRawBufferPointer, maxDepth: Int = defaultMaxDepth) throws {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    try self.init(status: csimdjson_parse(start, bytes.count, maxDepth.clampedDepth))
  }

  private init(status result: CSimdjsonResult) throws {
    guard let owner = result.document, let words = result.tape, let strings = result.strings else {
      throw JSONError(result.status.reason)
    }
    self.owner = owner
    self.tape = JSONTape(words: words, strings: strings)
  }

  deinit { csimdjson_free(owner) }

  /// The value that is the whole document.
  public var root: JSONValue { JSONValue(document: self, index: JSONTape.rootIndex) }
}

extension Int {
  /// simdjson reserves memory for each level it may have to remember.
  fileprivate var clampedDepth: Int { Swift.min(Swift.max(self, 0), 4096) }
}

extension CSimdjsonStatus {
  fileprivate var reason: String {
    switch self {
    case CSimdjsonStatusEmpty: "the text is empty"
    case CSimdjsonStatusTooDeep: "the text is nested too deeply"
    case CSimdjsonStatusTooLarge: "the text is too large"
    case CSimdjsonStatusBadUTF8: "the text is not valid UTF-8"
    case CSimdjsonStatusBadString: "a string is malformed"
    case CSimdjsonStatusBadNumber: "a number is malformed or too large"
    case CSimdjsonStatusNoMemory: "there is not enough memory"
    default: "the text is not valid JSON"
    }
  }
}
