/// An id that only fits where its kind is meant: a message's id is no contact's id.
public struct Id<Entity>: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) { self.text = text }

  public var description: String { text }
  public static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}

extension Id: Codable {
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// The kinds of ids; never instantiated.
public enum Entity {
  public enum Contact {}
  public enum Conversation {}
  public enum Message {}
  public enum Record {}
  public enum Command {}
  public enum Workspace {}
  public enum ProviderMessage {}
  public enum Channel {}
  public enum BusinessAccount {}
}

public typealias ContactId = Id<Entity.Contact>
public typealias ConversationId = Id<Entity.Conversation>
public typealias MessageId = Id<Entity.Message>
public typealias RecordId = Id<Entity.Record>
public typealias CommandId = Id<Entity.Command>
public typealias WorkspaceId = Id<Entity.Workspace>
/// The provider's own id of a message, `wamid.…`.
public typealias ProviderMessageId = Id<Entity.ProviderMessage>
/// The provider's id of a business number (`phone_number_id`).
public typealias ChannelId = Id<Entity.Channel>
/// The provider's id of a WhatsApp business account.
public typealias BusinessAccountId = Id<Entity.BusinessAccount>
