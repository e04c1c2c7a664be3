/// Which records stand in which topic. A topic with raw bytes, or one that no service writes yet, is not here.
public enum Catalogue {
  public struct Entry: Sendable {
    public let topic: Topic
    /// The enum of the topic's records.
    public let body: any RecordBody.Type

    /// Every type and version that can stand in the topic.
    public var types: [TypeName] { body.typeNames }

    init(_ topic: Topic, _ body: any RecordBody.Type) {
      self.topic = topic
      self.body = body
    }
  }

  /// Adding a topic with records is a line here; golden records, schemas and the documents must then follow.
  public static let all: [Entry] = [
    Entry(Topics.webhooksNormalised, IngestRecord.self),
    Entry(Topics.contactAliases, AliasRecord.self),
    Entry(Topics.messagesInbound, InboundRecord.self),
    Entry(Topics.deliveries, DeliveryRecord.self),
    Entry(Topics.channelEvents, ChannelRecord.self),
    Entry(Topics.conversationCommands, ConversationCommand.self),
    Entry(Topics.conversationEvents, ConversationEvent.self),
    Entry(Topics.deadLetters, DeadLetterRecord.self),
  ]
}

extension RecordBody {
  static var typeNames: [TypeName] { types.map(\.type) }
}
