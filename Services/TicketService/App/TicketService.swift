import Events
import ServiceKit
import Views

/// The ticket service. Until its own issue it follows the log and answers health and metrics, and does nothing else.
public enum TicketService {
  public static let name = "ticket-service"
  public static let fold = RecordCountFold(name: name, topics: [Topics.conversationEvents.name, Topics.ticketEvents.name])

  public static func build(_ platform: Platform) throws -> ServiceParts { try .standby(name, fold, platform) }
}
