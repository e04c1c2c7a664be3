extension InboundMaker {
  mutating func content(_ kind: ItemKind, _ scene: Scene, _ dialogue: Dialogue, _ sentence: String?) -> MessageContent {
    let answered = dialogue.lastOutbound.map { id -> JSON in ["from": .string(scene.business.display), "id": .string(id)] }
    switch kind {
    case .image, .video, .audio, .voice, .document, .sticker: return media(kind, scene)
    case .location, .contacts, .order, .unsupported, .future, .requestWelcome: return special(kind, scene)
    case .buttonReply, .listReply, .flowReply, .button: return choice(kind, answered)
    case .reaction, .unreaction, .edit, .revoke: return change(kind, scene, dialogue)
    case .reply: return MessageContent("text", text(sentence), context: answered)
    case .forwarded: return MessageContent("text", text(sentence), context: ["forwarded": true])
    case .referral: return MessageContent("text", [("referral", referral()), ("text", text(sentence))])
    default: return MessageContent("text", text(sentence))
    }
  }

  private func text(_ sentence: String?) -> JSON { ["body": .string(sentence ?? "")] }

  private mutating func referral() -> JSON {
    let ad = random.within(100_000...999_999)
    return [
      "source_url": "https://shop.example/ad/\(ad)", "source_id": "1202\(ad)", "source_type": "ad",
      "headline": "Chat with us", "body": "Lamps for long evenings ✨", "media_type": "image",
      "image_url": "https://media.example/ad/\(ad).jpg", "ctwa_clid": "Aff-\(hex(random.next(), digits: 16))",
      "welcome_message": ["text": "Hi! How can we help?"],
    ]
  }

  private mutating func choice(_ kind: ItemKind, _ answered: JSON?) -> MessageContent {
    switch kind {
    case .buttonReply:
      let reply: JSON = ["id": "pick-up", "title": "Abholung / Pick-up"]
      return MessageContent("interactive", ["type": "button_reply", "button_reply": reply], context: answered)
    case .listReply:
      let reply: JSON = ["id": "express", "title": "Express ⚡", "description": "1–2 days"]
      return MessageContent("interactive", ["type": "list_reply", "list_reply": reply], context: answered)
    case .flowReply:
      let answer = random.chance(90) ? "{\"flow_token\":\"t-\(random.below(1_000))\",\"rating\":\"\(random.within(1...5))\"}" : "{broken"
      let reply: JSON = ["name": "flow", "body": "Sent", "response_json": .string(answer)]
      return MessageContent("interactive", ["type": "nfm_reply", "nfm_reply": reply], context: answered)
    default:
      return MessageContent("button", ["payload": "track", "text": "Track order"], context: answered)
    }
  }

  private mutating func change(_ kind: ItemKind, _ scene: Scene, _ dialogue: Dialogue) -> MessageContent {
    switch kind {
    case .reaction:
      let emoji = random.pick(["👍", "❤️", "😂", "🙏🏾", "👩‍🔧"])
      return MessageContent("reaction", ["message_id": .string(dialogue.lastOutbound ?? ""), "emoji": .string(emoji)])
    case .unreaction:
      let target: JSON = ["message_id": .string(dialogue.reactedTo ?? "")]
      return MessageContent("reaction", random.chance(50) ? target : target.adding("emoji", ""))
    case .edit:
      let text = random.pick(scene.customer.language.followUps)
      let message: JSON = ["type": "text", "text": ["body": .string(text)]]
      return MessageContent("edit", ["original_message_id": .string(dialogue.lastText ?? ""), "message": message])
    default: return MessageContent("revoke", ["original_message_id": .string(dialogue.lastText ?? "")])
    }
  }
}
