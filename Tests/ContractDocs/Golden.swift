import Events
import Foundation

/// A record as it stands in the log, checked in at `Tests/EventsTests/Golden/<topic>/<type>.v<version>[.<variant>].json`.
package struct Golden: Sendable, CustomStringConvertible {
  package let topic: String
  package let type: TypeName
  /// Tells several records of one type apart; `nil` for the one that every type must have.
  package let variant: String?
  package let bytes: [UInt8]

  package var description: String { "\(topic)/\(type)\(variant.map { " \($0)" } ?? "")" }

  /// All golden records, sorted by their path.
  package static func all() throws -> [Golden] {
    let folder = Checkout.url("Tests/EventsTests/Golden")
    let topics = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try topics.flatMap { topic in
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: topic).path).sorted()
      return try files.map { try Golden(topic: topic, file: $0, in: folder) }
    }
  }

  /// The golden records of a topic that are of that type and version.
  package static func of(_ type: TypeName, in topic: Topic) throws -> [Golden] {
    try all().filter { $0.topic == topic.name && $0.type == type }
  }

  private init(topic: String, file: String, in folder: URL) throws {
    guard let parts = file.wholeMatch(of: /(.+)\.v([0-9]+)(?:\.([a-zA-Z]+))?\.json/), let version = Int(parts.2) else {
      throw BadName(file: "\(topic)/\(file)")
    }
    self.topic = topic
    type = TypeName(String(parts.1), version)
    variant = parts.3.map(String.init)
    bytes = Array(try Data(contentsOf: folder.appending(path: topic).appending(path: file)))
  }

  package struct BadName: Error { package let file: String }
}
