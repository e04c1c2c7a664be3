/// What a message says (contract, section 3). In JSON: `{"kind": "image", "image": {…}}`.
public enum MessageContent: Hashable, Sendable {
  case text(TextContent)
  case image(MediaContent)
  case video(MediaContent)
  case audio(MediaContent)
  case voice(MediaContent)
  case document(MediaContent)
  case sticker(MediaContent)
  case location(LocationContent)
  case contacts(ContactCards)
  case buttonReply(ReplyContent)
  case listReply(ReplyContent)
  case flowReply(FlowReply)
  case callPermission(CallPermissionReply)
  /// A quick reply of a template.
  case button(ReplyContent)
  case order(OrderContent)
  /// A change of the customer's number or user id, or another notice of the provider.
  case system(SystemChange)
  /// First contact without a text (`request_welcome`).
  case welcomeRequest(Empty)
  /// The provider says that it cannot show this message.
  case unsupported(UnsupportedContent)
  /// A type that this build does not know; its JSON is kept.
  case unknown(UnknownContent)

  /// The name of the kind, as in JSON and in the API.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case text, image, video, audio, voice, document, sticker, location, contacts, buttonReply, listReply, flowReply, callPermission, button,
      order, system, welcomeRequest, unsupported, unknown
  }

  public struct Empty: Codable, Hashable, Sendable { public init() {} }

  private var parts: (kind: Kind, payload: any Encodable & Sendable) {
    switch self {
    case .text(let part): (.text, part)
    case .image(let part): (.image, part)
    case .video(let part): (.video, part)
    case .audio(let part): (.audio, part)
    case .voice(let part): (.voice, part)
    case .document(let part): (.document, part)
    case .sticker(let part): (.sticker, part)
    case .location(let part): (.location, part)
    case .contacts(let part): (.contacts, part)
    case .buttonReply(let part): (.buttonReply, part)
    case .listReply(let part): (.listReply, part)
    case .flowReply(let part): (.flowReply, part)
    case .callPermission(let part): (.callPermission, part)
    case .button(let part): (.button, part)
    case .order(let part): (.order, part)
    case .system(let part): (.system, part)
    case .welcomeRequest(let part): (.welcomeRequest, part)
    case .unsupported(let part): (.unsupported, part)
    case .unknown(let part): (.unknown, part)
    }
  }

  public var kind: Kind { parts.kind }

  /// The text that a list or a search shows for it, where it has one: the body, caption, title or comment.
  public var text: String? {
    switch self {
    case .text(let text): text.body.value
    case .image(let media), .video(let media), .audio(let media), .voice(let media), .document(let media), .sticker(let media):
      media.caption?.value
    case .location(let location): location.name?.value ?? location.address?.value
    case .contacts(let cards): cards.cards.compactMap { $0.name?.value }.first
    case .buttonReply(let reply), .listReply(let reply), .button(let reply): reply.title?.value
    case .flowReply(let flow): flow.body?.value
    case .order(let order): order.text?.value
    case .system(let change): change.body?.value
    case .callPermission, .welcomeRequest, .unsupported, .unknown: nil
    }
  }
}

extension MessageContent: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    static let kind = Key(stringValue: "kind")
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let kind = try container.decode(Kind.self, forKey: .kind)
    func part<T: Decodable>(_ type: T.Type = T.self) throws -> T { try container.decode(T.self, forKey: Key(stringValue: kind.rawValue)) }
    switch kind {
    case .text: self = .text(try part())
    case .image: self = .image(try part())
    case .video: self = .video(try part())
    case .audio: self = .audio(try part())
    case .voice: self = .voice(try part())
    case .document: self = .document(try part())
    case .sticker: self = .sticker(try part())
    case .location: self = .location(try part())
    case .contacts: self = .contacts(try part())
    case .buttonReply: self = .buttonReply(try part())
    case .listReply: self = .listReply(try part())
    case .flowReply: self = .flowReply(try part())
    case .callPermission: self = .callPermission(try part())
    case .button: self = .button(try part())
    case .order: self = .order(try part())
    case .system: self = .system(try part())
    case .welcomeRequest: self = .welcomeRequest(try part())
    case .unsupported: self = .unsupported(try part())
    case .unknown: self = .unknown(try part())
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let (kind, payload) = parts
    try container.encode(kind, forKey: .kind)
    try container.encode(payload, forKey: Key(stringValue: kind.rawValue))
  }
}
