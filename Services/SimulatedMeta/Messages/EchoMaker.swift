/// Writes what the business's phone app sent (`smb_message_echoes`), and the statuses of it (contract, sections 3 and 4).
struct EchoMaker: Sendable {
  /// A status and how many seconds after the echo it happened.
  typealias Step = (status: DeliveryStatus, after: Int)

  var random: SeededRandom

  mutating func echo(_ kind: ItemKind, id: String, target: String?, _ scene: Scene) -> Item {
    let sentence = kind == .echo ? random.pick(scene.customer.language.answers) : nil
    let content: (type: String, object: JSON) =
      switch kind {
      case .echoVoice: ("audio", ["id": "6\(random.next() % 100_000_000_000)", "mime_type": "audio/ogg; codecs=opus", "voice": true])
      case .echoRevoke: ("revoke", ["original_message_id": .string(target ?? "")])
      default: ("text", ["body": .string(sentence ?? "")])
      }
    let json: JSON = .object(compacting: [
      ("from", .string(scene.business.display)), ("to", scene.customer.phone.map(JSON.string)),
      ("to_user_id", scene.customer.userID.map(JSON.string)), ("id", .string(id)), ("timestamp", "\(scene.seconds)"),
      ("type", .string(content.type)), (content.type, content.object),
    ])
    return Item(
      category: .messages, id: id, kind: kind, providerID: id, customer: scene.customer.index, number: scene.number, text: sentence,
      status: nil, target: kind == .echoRevoke ? target : nil, field: "smb_message_echoes", list: "message_echoes", json: json,
      contact: scene.customer.contact)
  }

  /// A phone may be off for good; `delivered` may never come; a failure may be proven wrong by a second device.
  mutating func steps(isVoice: Bool) -> [Step] {
    let course = random.below(100)
    if course < 6 { return [(.sent, 1), (.failed, 3)] }
    if course < 8 { return [(.failed, 2), (.delivered, 9)] }
    if course < 12 { return [(.sent, 1)] }
    if course < 26 { return [(.sent, 1), (.read, 4)] }
    var steps: [Step] = [(.sent, 1), (.delivered, 2)]
    if random.chance(70) { steps.append((.read, random.within(5...20))) }
    if isVoice, steps.count == 3 { steps.append((.played, 25)) }
    return steps
  }

  func status(_ step: Step, of echo: String, _ scene: Scene) -> Item {
    let isFailed = step.status == .failed
    let pricing: JSON = ["billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"]
    let error: JSON = [
      "code": 131026, "title": "Message undeliverable", "message": "Message undeliverable",
      "error_data": ["details": "Message Undeliverable."], "href": "https://docs.example/error-codes/",
    ]
    let json: JSON = .object(compacting: [
      ("id", .string(echo)), ("status", .string(step.status.rawValue)), ("timestamp", "\(scene.seconds + step.after)"),
      ("recipient_id", scene.customer.phone.map(JSON.string)), ("recipient_user_id", scene.customer.userID.map(JSON.string)),
      ("pricing", step.status == .sent || step.status == .delivered ? pricing : nil), ("errors", isFailed ? [error] : nil),
    ])
    return Item(
      category: .statuses, id: "\(echo)#\(step.status.rawValue)", kind: ItemKind(step.status), providerID: echo,
      customer: scene.customer.index, number: scene.number, text: nil, status: step.status, target: nil, field: "messages",
      list: "statuses", json: json, contact: isFailed ? nil : scene.customer.contact)
  }
}

extension ItemKind {
  init(_ status: DeliveryStatus) {
    self =
      switch status {
      case .sent: .sent
      case .delivered: .delivered
      case .read: .read
      case .played: .played
      case .failed: .failed
      }
  }
}
