/// How far a reader is in each partition of one topic: the next offset of each. Its text is a token for HTTP: `0:12,3:57`.
public struct PositionVector: Hashable, Sendable, CustomStringConvertible {
  /// More partitions than this are no token of ours.
  public static let maxPartitions = 1_024

  public private(set) var next: [Int32: Int64]

  public init(_ next: [Int32: Int64] = [:]) { self.next = next }

  /// `nil` for a text that is no vector.
  public init?(_ text: String) {
    var next: [Int32: Int64] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: ":", omittingEmptySubsequences: false)
      guard pair.count == 2, let partition = Int32(pair[0]), let offset = Int64(pair[1]), partition >= 0, offset >= 0,
        next.updateValue(offset, forKey: partition) == nil, next.count <= Self.maxPartitions
      else { return nil }
    }
    self.next = next
  }

  public subscript(partition: Int32) -> Int64 {
    get { next[partition] ?? 0 }
    set { next[partition] = newValue }
  }

  public var description: String { next.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",") }
}
