/// A topic of the suite: its name, what its key is, who writes it and how long it is kept.
public struct Topic: Sendable, Hashable {
  public enum Retention: Sendable, Hashable {
    case forever
    case days(Int)
    case compacted
  }

  public let name: String
  /// What the key of a record is, in words.
  public let key: String
  public let writer: String
  public let retention: Retention
  /// The largest record, in bytes.
  public let maxMessageBytes: Int
  public let purpose: String

  init(_ name: String, key: String, writer: String, _ retention: Retention, maxMessageBytes: Int = 1 << 20, _ purpose: String) {
    self.name = name
    self.key = key
    self.writer = writer
    self.retention = retention
    self.maxMessageBytes = maxMessageBytes
    self.purpose = purpose
  }
}

/// All topics. Adding one is a line here; the AsyncAPI document and the table in `docs/topics.md` must then follow.
public enum Topics {
  /// The largest webhook body that is taken (contract, section 1: up to 3 MB; ours 4 MB).
  public static let maxWebhookBytes = 4 << 20
  /// Room for headers, the key and the framing of a record.
  static let recordOverheadBytes = 64 << 10

  public static let webhooksRaw = Topic(
    "webhooks.raw", key: "Meta app whose secret verified the body", writer: "ingest-gateway (HTTP)", .days(14),
    maxMessageBytes: maxWebhookBytes + recordOverheadBytes, "The bytes of webhook bodies as they came, metadata in headers.")
  public static let webhooksNormalised = Topic(
    "webhooks.normalised", key: "Meta app", writer: "ingest-gateway (normalise)", .forever,
    "One summary for each body: what became of each of its items.")
  public static let contactAliases = Topic(
    "contact.aliases", key: "keyed hash of the alias", writer: "ingest-gateway (normalise)", .compacted,
    "Which contact a phone number or business-scoped user id means.")
  public static let messagesInbound = Topic(
    "messages.inbound", key: "contact id", writer: "ingest-gateway (normalise)", .forever,
    "Messages, echoes, edits, revokes and reactions in our own shape.")
  public static let deliveries = Topic(
    "deliveries", key: "contact id", writer: "ingest-gateway (normalise)", .forever, "Statuses of messages that were sent.")
  public static let channelEvents = Topic(
    "channel.events", key: "channel id", writer: "ingest-gateway (normalise)", .forever,
    "Changes of templates, numbers, accounts and preferences, and fields that are only kept.")
  public static let conversationCommands = Topic(
    "conversation.commands", key: "contact id", writer: "any API, any step", .days(7), "What somebody wants done with a conversation.")
  public static let conversationEvents = Topic(
    "conversation.events", key: "contact id", writer: "conversation-store", .forever,
    "What happened in conversations; each command has one result here.")
  public static let outbox = Topic(
    "outbox", key: "business number id", writer: "conversation-store", .days(7), "Messages that are to leave.")
  public static let sends = Topic(
    "sends", key: "business number id", writer: "notifier", .forever, "Attempts to send and their outcomes.")
  public static let ticketCommands = Topic(
    "ticket.commands", key: "contact id", writer: "any API, any step", .days(7), "What somebody wants done with a ticket.")
  public static let ticketEvents = Topic(
    "ticket.events", key: "contact id", writer: "ticket-service", .forever, "What happened to tickets.")
  public static let workspaceCommands = Topic(
    "workspace.commands", key: "workspace id", writer: "any API, any step", .days(7), "What somebody wants set up.")
  public static let workspaceEvents = Topic(
    "workspace.events", key: "workspace id", writer: "conversation-store", .forever, "How the workspace is set up.")
  public static let effectsRequests = Topic(
    "effects.requests", key: "as the cause", writer: "any step", .days(30), "Mails, reports, campaigns and webhooks to be sent.")
  public static let notifications = Topic(
    "notifications", key: "agent id", writer: "notifier", .days(7), "What agents are told.")
  public static let presence = Topic("presence", key: "agent id", writer: "any API", .days(1), "Heartbeats, typing, viewing.")
  public static let contactKeys = Topic(
    "contact.keys", key: "contact id and key id", writer: "whoever writes a contact's first record", .compacted,
    "The keys under which personal fields are sealed; a tombstone erases.")
  public static let deadLetters = Topic(
    "dead.letters", key: "as the origin", writer: "any step", .days(30), "Items that could not be processed, with the reason.")

  public static let all: [Topic] = [
    webhooksRaw, webhooksNormalised, contactAliases, messagesInbound, deliveries, channelEvents, conversationCommands,
    conversationEvents, outbox, sends, ticketCommands, ticketEvents, workspaceCommands, workspaceEvents, effectsRequests, notifications,
    presence, contactKeys, deadLetters,
  ]
}
