import ConversationStoreCore
import Events

/// States of customers after decisions that the view has not folded yet.
struct StateOverlay {
  private struct Entry {
    let state: CustomerState
    let partition: Int32
    /// The offset after the last event decided for the customer.
    let next: Int64
  }

  private var entries: [ContactId: Entry] = [:]

  var count: Int { entries.count }
  /// The next offset of each partition from which on the view holds all that is kept here.
  var targets: [Int32: Int64] { entries.values.reduce(into: [:]) { $0[$1.partition] = max($0[$1.partition] ?? 0, $1.next) } }

  func state(of contact: ContactId) -> CustomerState? { entries[contact]?.state }

  mutating func keep(_ state: CustomerState, of contact: ContactId, partition: Int32, next: Int64) {
    entries[contact] = Entry(state: state, partition: partition, next: next)
  }

  /// Lets go of what the view holds itself.
  ///
  /// - Parameter position: the next offset that the view will fold, of a partition.
  mutating func drop(foldedTo position: (Int32) -> Int64) {
    let positions = Dictionary(uniqueKeysWithValues: Set(entries.values.map(\.partition)).map { ($0, position($0)) })
    entries = entries.filter { $0.value.next > positions[$0.value.partition] ?? 0 }
  }

  mutating func drop(partition: Int32) { entries = entries.filter { $0.value.partition != partition } }
}
