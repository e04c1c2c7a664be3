import Events

extension MessageSource {
  /// How long free text may be sent after a customer's message (contract, section 7).
  static let windowHours: Int64 = 24

  public var direction: Direction {
    switch origin {
    case .customer, .historyIn: .incoming
    case .echo, .historyOut: .outgoing
    }
  }
}

extension MessageRecorded {
  /// Whether somebody has to read it: what the customer writes now, not notices of the provider, echoes or history.
  public var countsAsUnread: Bool {
    guard source.origin == .customer else { return false }
    if case .system = content { return false }
    return true
  }

  /// What the business wrote elsewhere has left already; the provider would not tell of it otherwise.
  public var initialStatus: MessageStatus? { direction == .outgoing ? .sent : nil }
}

extension MessageReceived {
  /// Where the customer service window ends after this message, if it opens one (contract, section 7). A request for a welcome has no
  /// message in it, so on the safe side it opens none.
  var windowEndsAt: Timestamp? {
    guard source.origin == .customer else { return nil }
    switch content {
    case .system, .welcomeRequest: return nil
    default: return source.sentAt.adding(hours: MessageSource.windowHours)
    }
  }
}
