import Foundation

/// The folder of the project that this was compiled from.
package enum Checkout {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file or folder of the project, by its path from the root.
  package static func url(_ path: String) -> URL { root.appending(path: path) }
}
