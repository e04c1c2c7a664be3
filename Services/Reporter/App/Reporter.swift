import Events
import ServiceKit
import Views

/// The reporter. Until its own issue it follows the log and answers health and metrics, and does nothing else.
public enum Reporter {
  public static let name = "reporter"
  public static let fold = RecordCountFold(name: name, topics: [Topics.conversationEvents.name, Topics.webhooksNormalised.name])

  public static func build(_ platform: Platform) throws -> ServiceParts { try .standby(name, fold, platform) }
}
