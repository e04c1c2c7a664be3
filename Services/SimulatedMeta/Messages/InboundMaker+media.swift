import Foundation

extension InboundMaker {
  mutating func media(_ kind: ItemKind, _ scene: Scene) -> MessageContent {
    let caption: JSON? = random.chance(40) ? .string(random.pick(scene.customer.language.followUps)) : nil
    switch kind {
    case .image: return MessageContent("image", mediaObject("image/jpeg").adding("caption", caption))
    case .video: return MessageContent("video", mediaObject("video/mp4").adding("caption", caption))
    case .audio: return MessageContent("audio", mediaObject("audio/mpeg").adding("voice", false))
    case .voice: return MessageContent("audio", mediaObject("audio/ogg; codecs=opus").adding("voice", true))
    case .document:
      let name = random.pick(["Rechnung Müller & Co.pdf", "счёт-42.pdf", "order/2.pdf", "发票.pdf"])
      return MessageContent("document", mediaObject("application/pdf").adding("filename", .string(name)).adding("caption", caption))
    default: return MessageContent("sticker", mediaObject("image/webp").adding("animated", .bool(random.chance(30))))
    }
  }

  private mutating func mediaObject(_ type: String) -> JSON {
    let digest = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next().bigEndian, Array.init) }
    let id = "7\(random.next() % 100_000_000_000_000)"
    return [
      "mime_type": .string(type), "sha256": .string(Data(digest).base64EncodedString()), "id": .string(id),
      "url": "https://media.example/whatsapp/?mid=\(id)",
    ]
  }
}
