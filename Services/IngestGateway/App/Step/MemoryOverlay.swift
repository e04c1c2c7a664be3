import EventLog
import Events
import IngestGatewayCore

/// What the step has decided and its view has not folded yet. Keys are only ever added, never changed, so a look-up needs no order.
struct MemoryOverlay {
  private struct Layer {
    /// The next offsets that the view must reach before the layer can go.
    let until: [TopicPartition: Int64]
    let aliases: [AliasKey]
    let items: [ItemKey]
  }

  private(set) var aliases: [AliasKey: ContactId] = [:]
  private(set) var items: [ItemKey: KnownItem] = [:]
  private var layers: [Layer] = []
  /// Of the batch that is being worked on.
  private var newAliases: [AliasKey] = []
  private var newItems: [ItemKey] = []

  var count: Int { aliases.count + items.count }

  mutating func add(_ normalised: Normalised) {
    for (key, contact) in normalised.newAliases where aliases.updateValue(contact, forKey: key) == nil { newAliases.append(key) }
    for (key, item) in normalised.newItems where items.updateValue(item, forKey: key) == nil { newItems.append(key) }
  }

  /// The batch stands in the log; what it added stays until the view has folded `positions`.
  mutating func commit(_ positions: [Position]) {
    var until: [TopicPartition: Int64] = [:]
    for position in positions { until[position.partition] = max(until[position.partition] ?? 0, position.offset + 1) }
    if !newAliases.isEmpty || !newItems.isEmpty { layers.append(Layer(until: until, aliases: newAliases, items: newItems)) }
    newAliases = []
    newItems = []
  }

  /// The batch was undone.
  mutating func abort() {
    for key in newAliases { aliases[key] = nil }
    for key in newItems { items[key] = nil }
    newAliases = []
    newItems = []
  }

  /// Lets go of what the view has folded.
  mutating func forget(where isFolded: ([TopicPartition: Int64]) -> Bool) {
    let folded = layers.prefix { isFolded($0.until) }
    for layer in folded {
      for key in layer.aliases { aliases[key] = nil }
      for key in layer.items { items[key] = nil }
    }
    layers.removeFirst(folded.count)
  }
}
