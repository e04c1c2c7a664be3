/// The text of one encoding and the containers that are open in it.
///
/// A container or value is known by its `depth` (the number of containers around it) and `start` (the offset of its first byte). Writing
/// to a container closes all deeper ones, since nobody else will: `Codable` does not tell when a container is finished.
final class JSONOutput {
  private struct Frame {
    let start: Int
    let isObject: Bool
    /// Whether the members are sorted when it is closed; see `JSONDictionaryKey`.
    let isDictionary: Bool
    /// The members or elements begun.
    var count = 0
    /// The offset of the last member's key.
    var lastKey = 0
    var memberStarts: [Int] = []
  }

  private struct State: ~Copyable {
    var buffer = JSONBuffer()
    var frames: [Frame] = []
    var failure: (any Error)?
  }

  let userInfo: [CodingUserInfoKey: Any]
  /// Behind a pointer, because the stored properties of a class are checked for exclusive access at run time.
  private let state: UnsafeMutablePointer<State>

  init(userInfo: [CodingUserInfoKey: Any]) {
    self.userInfo = userInfo
    state = .allocate(capacity: 1)
    state.initialize(to: State())
    frames.reserveCapacity(8)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var buffer: JSONBuffer {
    _read { yield state.pointee.buffer }
    _modify { yield &state.pointee.buffer }
  }

  private var frames: [Frame] {
    _read { yield state.pointee.frames }
    _modify { yield &state.pointee.frames }
  }

  private var failure: (any Error)? {
    get { state.pointee.failure }
    set { state.pointee.failure = newValue }
  }

  /// Remembers the first failure: what is written after it is not worth keeping, even if the type ignores the error.
  func failed(_ error: any Error) -> any Error {
    if failure == nil { failure = error }
    return error
  }

  private func misuse() {
    guard failure == nil else { return }
    failure = JSONError("containers were used out of order", path: currentPath)
  }

  func finish() throws -> [UInt8] {
    close(above: 0)
    if let failure { throw failure }
    guard buffer.count > 0 else { throw JSONError("the value wrote nothing") }
    return buffer.bytes
  }

  /// Opens a container as the value at `depth` and `start`, or goes on with it if the value has opened it already.
  func open(isObject: Bool, isDictionary: Bool, depth: Int, start: Int) {
    if frames.count == depth, buffer.count == start {
      frames.append(Frame(start: start, isObject: isObject, isDictionary: isDictionary))
      buffer.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    } else if !isOpen(depth: depth, start: start) || frames[depth].isObject != isObject {
      misuse()
    }
  }

  /// Whether nothing is written yet of the value at `depth` and `start`. Records a misuse if not.
  func awaits(depth: Int, start: Int) -> Bool {
    let awaits = frames.count == depth && buffer.count == start
    if !awaits { misuse() }
    return awaits
  }

  /// Writes what precedes a member's value. False, with the misuse recorded, if the object is closed.
  func beginMember(_ key: String, depth: Int, start: Int) -> Bool {
    guard isOpen(depth: depth, start: start) else {
      misuse()
      return false
    }
    close(above: depth + 1)
    separate(depth)
    let keyStart = buffer.count
    frames[depth].lastKey = keyStart
    if frames[depth].isDictionary { frames[depth].memberStarts.append(keyStart) }
    buffer.append(quoted: key)
    buffer.append(UInt8(ascii: ":"))
    return true
  }

  /// Writes what precedes an element. False, with the misuse recorded, if the array is closed.
  func beginElement(depth: Int, start: Int) -> Bool {
    guard isOpen(depth: depth, start: start) else {
      misuse()
      return false
    }
    close(above: depth + 1)
    separate(depth)
    return true
  }

  func count(depth: Int, start: Int) -> Int { isOpen(depth: depth, start: start) ? frames[depth].count : 0 }

  private func isOpen(depth: Int, start: Int) -> Bool { frames.count > depth && frames[depth].start == start }

  private func separate(_ depth: Int) {
    if frames[depth].count > 0 {
      fillGap(frames[depth])
      buffer.append(UInt8(ascii: ","))
    }
    frames[depth].count += 1
  }

  /// A value that wrote nothing becomes an empty object, as with Foundation.
  private func fillGap(_ frame: Frame) {
    guard frame.count > 0, let last = buffer.last else { return }
    let isGap = frame.isObject ? last == UInt8(ascii: ":") : last == UInt8(ascii: "[") || last == UInt8(ascii: ",")
    if isGap { buffer.append(verbatim: "{}") }
  }

  private func close(above depth: Int) {
    while frames.count > depth {
      let frame = frames.removeLast()
      fillGap(frame)
      if frame.isDictionary { sortMembers(of: frame) }
      buffer.append(frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }
  }

  private func sortMembers(of frame: Frame) {
    guard frame.count > 1 else { return }
    let ends = frame.memberStarts.dropFirst().map { $0 - 1 } + [buffer.count]
    let members = zip(frame.memberStarts, ends).map { buffer.bytes(in: $0..<$1) }
    let sorted = members.sorted { $0.lexicographicallyPrecedes($1) }
    buffer.replace(from: frame.start + 1, with: Array(sorted.joined(separator: [UInt8(ascii: ",")])))
  }

  /// The way to what is being written.
  var currentPath: String { JSONPathKey.text(of: path(depth: frames.count)) }

  /// The way to the value at `depth`, read back from the text.
  func path(depth: Int) -> [JSONPathKey] {
    frames.prefix(depth).prefix { $0.count > 0 }.map { frame in
      frame.isObject ? .name(key(at: frame.lastKey)) : .index(frame.count - 1)
    }
  }

  private func key(at start: Int) -> String {
    let text = buffer.bytes(in: start..<buffer.count)
    var end = 1
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < text.count, let key = try? JSONDocument(parsing: Array(text[...end])).root.string else { return "" }
    return key
  }
}
