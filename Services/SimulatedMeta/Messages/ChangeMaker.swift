/// Writes changes of templates, numbers, accounts and preferences; each is different from all others.
struct ChangeMaker: Sendable {
  var random: SeededRandom
  private let runKey: UInt64
  private var counter = 0

  init(random: SeededRandom, runKey: UInt64) {
    self.random = random
    self.runKey = runKey
  }

  private var tag: UInt64 { SeededRandom.mix(runKey &+ UInt64(counter)) }

  mutating func make(_ scene: Scene) -> Item {
    counter += 1
    let kind = random.pick([ItemKind.template, .quality, .account, .preferences])
    let (field, value) = content(kind, scene)
    return Item(
      category: .changes, id: "change-\(hex(tag, digits: 16))", kind: kind, providerID: "", customer: nil, number: scene.number, text: nil,
      status: nil,
      target: nil, field: field, list: "", json: value, contact: nil)
  }

  private mutating func content(_ kind: ItemKind, _ scene: Scene) -> (String, JSON) {
    let template: [(String, JSON)] = [
      ("message_template_id", .number("\(tag >> 11)")), ("message_template_name", "order_update_\(hex(tag, digits: 16))"),
      ("message_template_language", .string(scene.customer.language.code)),
    ]
    switch kind {
    case .template:
      let event = random.pick(["APPROVED", "REJECTED", "PAUSED", "PENDING"])
      let reason = event == "REJECTED" ? "INVALID_FORMAT" : "NONE"
      return (
        "message_template_status_update",
        .object([("event", .string(event))] + template + [("reason", .string(reason)), ("message_template_category", "UTILITY")])
      )
    case .quality:
      let score = random.pick(["GREEN", "YELLOW", "RED"])
      return (
        "message_template_quality_update",
        .object([("previous_quality_score", "GREEN"), ("new_quality_score", .string(score))] + template)
      )
    case .account:
      let info: JSON = ["owner_business_id": .string(String(tag))]
      return ("account_update", ["phone_number": .string(scene.business.display), "event": "PARTNER_ADDED", "waba_info": info])
    default:
      let preference: JSON = .object(compacting: [
        ("wa_id", scene.customer.phone.map(JSON.string)), ("user_id", scene.customer.userID.map(JSON.string)),
        ("detail", "Request \(hex(tag, digits: 16))"), ("category", "marketing_messages"),
        ("value", .string(tag % 2 == 0 ? "stop" : "resume")),
        ("timestamp", .number("\(scene.seconds)")),
      ])
      return (
        "user_preferences",
        [
          "messaging_product": "whatsapp", "metadata": scene.business.metadata, "contacts": [scene.customer.contact],
          "user_preferences": [preference],
        ]
      )
    }
  }
}
