import ConversationStoreCore
import Events

/// Inputs about one customer.
enum Sample {
  static let contact = ContactId("contact-1")
  static let channel = ChannelReference(id: ChannelId("number-1"), displayNumber: "15550001", businessAccount: BusinessAccountId("waba-1"))
  static let otherChannel = ChannelReference(id: ChannelId("number-2"))
  static let noon = Timestamp(seconds: 1_800_000_000)
  static let person = Person(phone: Personal("420777000111"), name: Personal("Sample Customer"))

  static func source(
    _ id: String, _ origin: MessageSource.Origin = .customer, at: Timestamp = noon, over channel: ChannelReference = channel,
    person: Person = person
  ) -> MessageSource {
    MessageSource(
      providerId: ProviderMessageId(id), contact: contact, channel: channel, origin: origin, sentAt: at, person: person)
  }

  static func text(_ text: String) -> MessageContent { .text(TextContent(body: Personal(text))) }

  static func message(
    _ id: String, _ origin: MessageSource.Origin = .customer, at: Timestamp = noon, over channel: ChannelReference = channel,
    person: Person = person, content: MessageContent = text("hello")
  ) -> ConversationInput {
    .inbound(
      .messageReceived(
        MessageReceived(
          message: MessageId(provider: ProviderMessageId(id)), source: source(id, origin, at: at, over: channel, person: person),
          content: content)))
  }

  static func edit(_ id: String, of target: String, to newText: String, at: Timestamp = noon) -> ConversationInput {
    .inbound(.messageEdited(MessageEdited(source: source(id, at: at), target: ProviderMessageId(target), content: text(newText))))
  }

  static func revoke(_ id: String, of target: String) -> ConversationInput {
    .inbound(.messageRevoked(MessageRevoked(source: source(id), target: ProviderMessageId(target))))
  }

  static func reaction(
    _ id: String, to target: String, _ emoji: String?, _ origin: MessageSource.Origin = .customer, at: Timestamp = noon
  ) -> ConversationInput {
    .inbound(
      .reactionChanged(
        ReactionChanged(
          source: source(id, origin, at: at), target: ProviderMessageId(target), emoji: emoji.map { Personal($0) })))
  }

  static func status(
    _ status: MessageStatus, of target: String, errors: [ProviderError] = [], pricing: Pricing? = nil, at: Timestamp = noon
  ) -> ConversationInput {
    .delivery(
      .reported(
        DeliveryReported(
          providerId: ProviderMessageId(target), contact: contact, channel: channel, status: status, at: at, errors: errors,
          pricing: pricing)))
  }

  static func id(_ provider: String) -> MessageId { MessageId(provider: ProviderMessageId(provider)) }

  static func conversation(openedBy provider: String) -> ConversationId {
    ConversationId(opening: id(provider), with: contact)
  }

  static func markRead(_ command: String, _ conversation: ConversationId, upTo: MessageId? = nil) -> ConversationInput {
    .command(
      .markRead(MarkConversationRead(command: CommandId(command), contact: contact, conversation: conversation, upTo: upTo)))
  }
}

extension CustomerState {
  func message(_ provider: String) -> MessageState? {
    if case .recorded(let message) = messages[Sample.id(provider)] { message } else { nil }
  }
}
