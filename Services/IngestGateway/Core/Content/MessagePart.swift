import Events
import JSON

/// What a message says or does, without who it comes from.
struct MessagePart {
  private enum Action {
    case message(MessageContent, ReplyContext?, Referral?, [ProviderError])
    case edit(target: ProviderMessageId, MessageContent)
    case revoke(target: ProviderMessageId)
    case reaction(target: ProviderMessageId, emoji: Personal<String>?)
  }

  private let action: Action

  init(_ message: JSONValue, type: String, role: MessageRole, change: Change) throws(ItemFault) {
    switch role {
    case .message:
      let content = try ContentReader(message, type: type, valueErrors: change.value).content()
      action = .message(
        content, message["context"].flatMap(ReplyContext.init), message["referral"].flatMap(Referral.init), message.providerErrors)
    case .edit:
      let edit = try message.object("edit", .badContent)
      let target = try edit.text("original_message_id", .badContent)
      let edited = try edit.object("message", .badContent)
      let content = try ContentReader(edited, type: edited.short("type") ?? "", valueErrors: change.value).content()
      action = .edit(target: ProviderMessageId(target), content)
    case .revoke:
      let target = try message.object("revoke", .badContent).text("original_message_id", .badContent)
      action = .revoke(target: ProviderMessageId(target))
    case .reaction:
      let reaction = try message.object("reaction", .badContent)
      let target = try reaction.text("message_id", .badContent)
      // Taken back: the text is empty, or the key is missing (trap 9).
      action = .reaction(target: ProviderMessageId(target), emoji: reaction.shortPersonal("emoji"))
    }
  }

  func record(from source: MessageSource) -> InboundRecord {
    switch action {
    case .message(let content, let context, let referral, let errors):
      .messageReceived(
        MessageReceived(
          message: MessageId(provider: source.providerId), source: source, content: content, context: context, referral: referral,
          errors: errors.isEmpty ? nil : errors))
    case .edit(let target, let content): .messageEdited(MessageEdited(source: source, target: target, content: content))
    case .revoke(let target): .messageRevoked(MessageRevoked(source: source, target: target))
    case .reaction(let target, let emoji): .reactionChanged(ReactionChanged(source: source, target: target, emoji: emoji))
    }
  }
}

extension ReplyContext {
  fileprivate init?(_ value: JSONValue) {
    guard value.kind == .object else { return nil }
    let product = value["referred_product"]
    self.init(
      providerId: value.short("id").map(ProviderMessageId.init), forwarded: value.bool("forwarded"),
      frequentlyForwarded: value.bool("frequently_forwarded"), catalogId: product?.short("catalog_id"),
      productId: product?.short("product_retailer_id"))
  }
}

extension Referral {
  fileprivate init?(_ value: JSONValue) {
    guard value.kind == .object else { return nil }
    self.init(
      sourceType: value.short("source_type"), sourceId: value.short("source_id"), sourceUrl: value.short("source_url"),
      headline: value.short("headline"), body: value.short("body"), mediaType: value.short("media_type"),
      clickId: value.short("ctwa_clid"), welcomeText: value["welcome_message"]?.short("text"))
  }
}
