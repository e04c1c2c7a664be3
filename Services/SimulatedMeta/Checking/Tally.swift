/// What a store must hold after the bodies it has acknowledged.
public struct Tally: Sendable {
  /// One customer's conversation with one business number.
  public struct Line: Hashable, Sendable {
    public let customer: Int
    public let number: Int
  }

  /// Items delivered, duplicates included.
  public private(set) var delivered: [Item.Category: Int] = [:]
  /// Items that are not the second or a later delivery of one.
  public private(set) var distinct: [Item.Category: Int] = [:]
  public private(set) var deliveredByKind: [ItemKind: Int] = [:]
  public private(set) var bodies = 0
  /// Listed messages in the order of their first delivery.
  public private(set) var messages: [Line: [String]] = [:]
  /// What each text message says that was neither edited nor revoked.
  public private(set) var texts: [String: String] = [:]
  /// Who changed the number: identity may then be ambiguous for messages that overtake the change.
  public private(set) var moved: Set<Int> = []
  private var seen: Set<String> = []
  private var changed: Set<String> = []
  private var echoes: Set<String> = []
  private var statuses: [String: Set<DeliveryStatus>] = [:]

  public init() {}

  public var totalDelivered: Int { delivered.values.reduce(0, +) }
  public var totalDistinct: Int { distinct.values.reduce(0, +) }

  /// Counts an acknowledged body; bodies of one customer come in the order of their acknowledgements.
  public mutating func add(_ body: WebhookBody) {
    bodies += 1
    for item in body.items { add(item) }
  }

  private mutating func add(_ item: Item) {
    delivered[item.category, default: 0] += 1
    deliveredByKind[item.kind, default: 0] += 1
    guard seen.insert(item.id).inserted else { return }
    distinct[item.category, default: 0] += 1
    if let status = item.status { statuses[item.providerID, default: []].insert(status) }
    if let target = item.target {
      changed.insert(target)
      texts[target] = nil
    }
    if item.kind == .echo || item.kind == .echoVoice { echoes.insert(item.providerID) }
    guard let customer = item.customer else { return }
    if item.kind == .numberChange { moved.insert(customer) }
    guard item.kind.isListed else { return }
    messages[Line(customer: customer, number: item.number), default: []].append(item.providerID)
    if let text = item.text, !changed.contains(item.providerID) { texts[item.providerID] = text }
  }

  /// The status that each echo ends with, by rank: a failure stands unless a later stage proves delivery (contract, section 4).
  /// Echoes without any status, and those revoked, are not in it.
  public var finalStatuses: [String: DeliveryStatus] {
    var result: [String: DeliveryStatus] = [:]
    for (echo, reached) in statuses where echoes.contains(echo) && !changed.contains(echo) {
      let proven = [DeliveryStatus.played, .read, .delivered].first { reached.contains($0) }
      result[echo] = proven ?? (reached.contains(.failed) ? .failed : .sent)
    }
    return result
  }
}
