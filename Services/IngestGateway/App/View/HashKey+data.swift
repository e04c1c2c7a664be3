import Events
import Foundation

extension HashKey {
  /// As SQLite keeps it.
  var data: Data { Data(bytes) }
}
