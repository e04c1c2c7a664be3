/// One thing that a webhook body tells; the product counts these.
public struct Item: Sendable {
  /// How `/api/ingest` groups items.
  public enum Category: String, Sendable, CaseIterable {
    case messages, statuses, changes
  }

  public let category: Category
  /// The same for each delivery of the same thing, different for everything else.
  public let id: String
  public let kind: ItemKind
  /// The provider's id of the message that it is or speaks of.
  public let providerID: String
  public let customer: Int?
  public let number: Int
  /// What a text message says.
  public let text: String?
  public let status: DeliveryStatus?
  /// The message that an edit or a revocation changes.
  public let target: String?

  let field: String
  let list: String
  let json: JSON
  let contact: JSON?
}

/// The statuses of an outbound message, by rank (contract, section 4).
public enum DeliveryStatus: String, Sendable, CaseIterable {
  case sent, delivered, read, played, failed

  /// `delivered` or later: proof against an earlier or later `failed`.
  var provesDelivery: Bool { self != .sent && self != .failed }
}

/// All kinds of traffic (contract, sections 3 and 4).
public enum ItemKind: String, Sendable, CaseIterable {
  case text, reply, forwarded, referral, image, video, audio, voice, document, sticker, location, contacts
  case buttonReply, listReply, flowReply, button, order, unsupported, future
  case reaction, unreaction, edit, revoke, numberChange, requestWelcome
  case echo, echoVoice, echoRevoke
  case sent, delivered, read, played, failed
  case template, quality, account, preferences

  /// Shown as a message of its own in a conversation; the others may act on one instead.
  public var isListed: Bool {
    switch self {
    case .text, .reply, .forwarded, .referral, .image, .video, .audio, .voice, .document, .sticker, .location, .contacts, .buttonReply,
      .listReply, .flowReply, .button, .order, .unsupported, .future, .echo, .echoVoice:
      true
    default: false
    }
  }
}
