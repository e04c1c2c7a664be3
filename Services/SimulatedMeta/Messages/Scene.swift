/// Who writes to which number when.
struct Scene: Sendable {
  let customer: Customer
  let number: Int
  let seconds: Int

  var business: BusinessNumber { BusinessNumber.all[number] }
}

/// What the next message of a conversation can refer to.
struct Dialogue: Sendable {
  enum Stage: Sendable {
    case opening, middle, end
  }

  var stage = Stage.opening
  var lastInbound: String?
  var lastOutbound: String?
  /// The newest own text that is neither edited nor revoked.
  var lastText: String?
  var reactedTo: String?
}
