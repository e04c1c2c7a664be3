import EventLog
import Events
import ServiceKit

/// Records of the store's input topics, about made-up customers.
enum Traffic {
  static let noon = Timestamp(seconds: 1_800_000_000)
  static let channel = ChannelReference(id: ChannelId("number-1"), displayNumber: "15550001", businessAccount: BusinessAccountId("waba-1"))

  static func contact(_ number: Int) -> ContactId { ContactId("contact-\(number)") }
  static func message(_ provider: String) -> MessageId { MessageId(provider: ProviderMessageId(provider)) }
  static func conversation(openedBy provider: String, _ customer: Int) -> ConversationId {
    ConversationId(opening: message(provider), with: contact(customer))
  }

  static func source(
    _ id: String, _ customer: Int, _ origin: MessageSource.Origin = .customer, seconds: Int64 = 0, over channel: ChannelReference = channel
  ) -> MessageSource {
    MessageSource(
      providerId: ProviderMessageId(id), contact: contact(customer), channel: channel, origin: origin,
      sentAt: noon.adding(milliseconds: seconds * 1_000),
      person: Person(phone: Personal("42077700\(customer)"), name: Personal("Customer \(customer)")))
  }

  static func text(
    _ id: String, _ customer: Int, _ origin: MessageSource.Origin = .customer, seconds: Int64 = 0, saying text: String = "hello",
    over channel: ChannelReference = channel
  ) throws -> OutgoingRecord {
    try received(source(id, customer, origin, seconds: seconds, over: channel), .text(TextContent(body: Personal(text))))
  }

  static func received(_ source: MessageSource, _ content: MessageContent) throws -> OutgoingRecord {
    try inbound(
      .messageReceived(
        MessageReceived(message: MessageId(provider: source.providerId), source: source, content: content)))
  }

  static func inbound(_ body: InboundRecord) throws -> OutgoingRecord {
    let source = body.source
    let envelope = Envelope(
      id: RecordId(DerivedId.uuid("test", source.providerId.text)), occurredAt: source.sentAt, workspace: WorkspaceId("main"),
      correlationId: "test", actor: .customer, body: body)
    return try Topics.messagesInbound.record(key: source.contact.text, envelope)
  }

  static func status(_ status: MessageStatus, of provider: String, _ customer: Int, errors: [ProviderError] = []) throws -> OutgoingRecord {
    let report = DeliveryReported(
      providerId: ProviderMessageId(provider), contact: contact(customer), channel: channel, status: status, at: noon, errors: errors)
    let envelope = Envelope<DeliveryRecord>(
      id: RecordId(DerivedId.uuid("test", provider, status.rawValue)), occurredAt: noon, workspace: WorkspaceId("main"),
      correlationId: "test", actor: .provider, body: .reported(report))
    return try Topics.deliveries.record(key: contact(customer).text, envelope)
  }

  static func markRead(_ command: String, _ conversation: ConversationId, _ customer: Int) throws -> OutgoingRecord {
    let body = MarkConversationRead(command: CommandId(command), contact: contact(customer), conversation: conversation)
    let envelope = Envelope<ConversationCommand>(
      id: RecordId("record-\(command)"), occurredAt: noon, workspace: WorkspaceId("main"), correlationId: command,
      actor: Actor(.apiKey), body: .markRead(body))
    return try Topics.conversationCommands.record(key: contact(customer).text, envelope)
  }
}
