/// Writes messages of customers (contract, section 3).
struct InboundMaker: Sendable {
  var wamids: WamidMaker
  var random: SeededRandom

  /// How often each kind comes, in parts of their sum.
  static let weights: [(kind: ItemKind, weight: Int)] = [
    (.text, 560), (.reply, 40), (.forwarded, 6), (.referral, 8), (.image, 60), (.video, 15), (.audio, 12), (.voice, 40), (.document, 20),
    (.sticker, 25), (.location, 14), (.contacts, 8), (.buttonReply, 16), (.listReply, 12), (.flowReply, 8), (.button, 8), (.order, 7),
    (.unsupported, 7), (.future, 3), (.reaction, 25), (.unreaction, 10), (.edit, 7), (.revoke, 6), (.numberChange, 2), (.requestWelcome, 5),
  ]
  private static let weightSum = weights.reduce(0) { $0 + $1.weight }

  mutating func pickKind() -> ItemKind {
    var rest = random.below(Self.weightSum)
    for (kind, weight) in Self.weights {
      if rest < weight { return kind }
      rest -= weight
    }
    return .text
  }

  /// A kind that has nothing to refer to becomes a text.
  func possible(_ kind: ItemKind, in dialogue: Dialogue) -> ItemKind {
    switch kind {
    case .reaction where dialogue.lastOutbound == nil, .unreaction where dialogue.reactedTo == nil: .text
    case .edit where dialogue.lastText == nil, .revoke where dialogue.lastText == nil: .text
    case .reply, .buttonReply, .listReply, .flowReply, .button: dialogue.lastOutbound == nil ? .text : kind
    default: kind
    }
  }

  mutating func make(_ kind: ItemKind, _ scene: Scene, _ dialogue: inout Dialogue) -> Item {
    let id = wamids.next(digits: scene.customer.digits, isFromBusiness: false)
    let sentence = sentence(kind, scene.customer.language, &dialogue)
    let content = content(kind, scene, dialogue, sentence)
    let target = kind == .edit || kind == .revoke ? dialogue.lastText : nil
    remember(kind, id, &dialogue)
    let head: [(String, JSON?)] = [
      ("context", content.context), ("from", scene.customer.phone.map(JSON.string)),
      ("from_user_id", scene.customer.userID.map(JSON.string)), ("id", .string(id)), ("timestamp", "\(scene.seconds)"),
      ("type", .string(content.type)),
    ]
    return Item(
      category: .messages, id: id, kind: kind, providerID: id, customer: scene.customer.index, number: scene.number, text: sentence,
      status: nil, target: target, field: "messages", list: "messages",
      json: .object(compacting: head + content.members.map { ($0.0, Optional($0.1)) }),
      contact: scene.customer.contact)
  }

  /// Only texts say something that a reader of the store can compare.
  private mutating func sentence(_ kind: ItemKind, _ language: Language, _ dialogue: inout Dialogue) -> String? {
    guard [.text, .reply, .forwarded, .referral].contains(kind) else { return nil }
    switch dialogue.stage {
    case .opening:
      dialogue.stage = .middle
      return random.pick(language.openings)
    case .middle:
      if random.chance(30) { dialogue.stage = .end }
      return random.pick(language.followUps)
    case .end:
      dialogue.stage = .opening
      return random.pick(language.thanks)
    }
  }

  private func remember(_ kind: ItemKind, _ id: String, _ dialogue: inout Dialogue) {
    if kind.isListed { dialogue.lastInbound = id }
    switch kind {
    case .text: dialogue.lastText = id
    case .edit, .revoke: dialogue.lastText = nil
    case .reaction: dialogue.reactedTo = dialogue.lastOutbound
    case .unreaction: dialogue.reactedTo = nil
    default: break
    }
  }
}
