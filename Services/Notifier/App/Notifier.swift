import Events
import ServiceKit
import Views

/// The notifier. Until its own issue it follows the log and answers health and metrics, and does nothing else.
public enum Notifier {
  public static let name = "notifier"
  public static let fold = RecordCountFold(name: name, topics: [Topics.conversationEvents.name, Topics.outbox.name])

  public static func build(_ platform: Platform) throws -> ServiceParts { try .standby(name, fold, platform) }
}
