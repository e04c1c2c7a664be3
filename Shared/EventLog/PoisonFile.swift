import Foundation

/// Counts how often the process has died while it worked on a position.
///
/// Before a batch its ranges are written to a small file, after it they are wiped. What a start finds there is what the last process died
/// on. A write without fsync is enough: it survives the death of a process, and a machine that loses power proves nothing against a record.
public struct PoisonFile: ~Copyable {
  /// A position that has seen this many deaths is given up unread.
  public static let maxDeaths = 3

  struct Range: Hashable {
    let partition: TopicPartition
    let first: Int64
    let last: Int64
    var deaths: Int

    func contains(_ record: Record) -> Bool {
      record.partition == partition && first <= record.offset && record.offset <= last
    }
  }

  private let descriptor: Int32
  private var suspects: [Range]

  public init(path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw LogError.unusable("\(path) cannot be written: \(String(cString: strerror(errno)))") }
    let text = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readDataToEndOfFile()
    suspects = Self.suspects(in: String(decoding: text, as: UTF8.self))
    write(running: [])
  }

  deinit { close(descriptor) }

  /// Whether the record belongs to a batch on which the process has died: such records are worked on one by one.
  public func isSuspect(_ record: Record) -> Bool { suspects.contains { $0.contains(record) } }

  /// How many deaths the record's position has seen.
  public func deaths(of record: Record) -> Int {
    suspects.reduce(0) { $0 + ($1.contains(record) ? $1.deaths : 0) }
  }

  public var hasSuspects: Bool { !suspects.isEmpty }

  /// Says which records are being worked on.
  public func begin(_ records: [Record]) {
    var running: [TopicPartition: Range] = [:]
    for record in records {
      let first = running[record.partition]?.first ?? record.offset
      running[record.partition] = Range(partition: record.partition, first: first, last: record.offset, deaths: 1)
    }
    write(running: Array(running.values))
  }

  /// The records are done with: committed, dead-lettered, or undone while the process lives.
  public mutating func end(committed next: [TopicPartition: Int64] = [:]) {
    if !suspects.isEmpty { suspects.removeAll { $0.last < next[$0.partition] ?? 0 } }
    write(running: [])
  }

  private func write(running: [Range]) {
    let lines = suspects.map { ("suspect", $0) } + running.map { ("running", $0) }
    var text = lines.map { "\($0) \($1.partition.topic) \($1.partition.partition) \($1.first) \($1.last) \($1.deaths)\n" }.joined()
    text += "end\n"
    // What an earlier, longer state left behind `end` is never read.
    _ = text.withUTF8 { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  static func suspects(in text: String) -> [Range] {
    var ranges: [Range] = []
    for line in text.split(separator: "\n") {
      if line == "end" { return ranges }
      let fields = line.split(separator: " ")
      guard fields.count == 6, let partition = Int32(fields[2]), let first = Int64(fields[3]), let last = Int64(fields[4]),
        let deaths = Int(fields[5])
      else { return ranges }
      ranges.append(Range(partition: TopicPartition(String(fields[1]), partition), first: first, last: last, deaths: deaths))
    }
    return ranges
  }
}
