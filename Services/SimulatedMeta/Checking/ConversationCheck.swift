/// Compares listed messages, conversation by conversation, with a tally. Pure.
struct ConversationCheck {
  private let tally: Tally
  private let statuses: [String: DeliveryStatus]
  private var places: [String: (line: Tally.Line, index: Int)] = [:]
  private var found: [String: Int] = [:]
  private var conversations: [Tally.Line: Int] = [:]
  private var rightStatuses: Set<String> = []

  init(_ tally: Tally) {
    self.tally = tally
    statuses = tally.finalStatuses
    for (line, ids) in tally.messages {
      for (index, id) in ids.enumerated() { places[id] = (line, index) }
    }
  }

  /// Messages in the order in which the store lists them; what an earlier run sent is passed over.
  mutating func add(_ conversation: String, _ messages: [StoredMessage], _ result: inout CheckResult) {
    var lastIndexes: [Tally.Line: Int] = [:]
    for message in messages {
      guard let id = message.providerId, let place = places[id] else { continue }
      found[id, default: 0] += 1
      if found[id] == 2 { result.note(.doubled, id) }
      if let last = lastIndexes[place.line], last > place.index { result.note(.outOfOrder, "\(conversation) at \(id)") }
      lastIndexes[place.line] = place.index
      if let text = tally.texts[id], message.text != text { result.note(.textWrong, id) }
      if let status = statuses[id] { compare(status, message.status, id, &result) }
    }
    if lastIndexes.count > 1 { result.note(.mixed, conversation) }
    for line in lastIndexes.keys { conversations[line, default: 0] += 1 }
  }

  private mutating func compare(_ expected: DeliveryStatus, _ status: String?, _ id: String, _ result: inout CheckResult) {
    if status == expected.rawValue {
      rightStatuses.insert(id)
    } else {
      result.note(.statusWrong, "\(id): expected \(expected.rawValue), found \(status ?? "none")")
    }
  }

  func finish(_ result: inout CheckResult) {
    for (line, ids) in tally.messages {
      for id in ids where found[id] == nil { result.note(.lost, "\(id) of customer \(line.customer)") }
    }
    for (line, count) in conversations where count > 1 && !tally.moved.contains(line.customer) {
      result.note(.split, "customer \(line.customer) with number \(line.number): \(count)")
    }
    result.rows.append(CheckResult.Row(name: "messages listed", expected: "\(places.count)", found: "\(found.count)"))
    result.rows.append(
      CheckResult.Row(name: "conversations", expected: "\(tally.messages.count)", found: "\(conversations.values.reduce(0, +))"))
    result.rows.append(CheckResult.Row(name: "final statuses", expected: "\(statuses.count)", found: "\(rightStatuses.count)"))
  }
}
