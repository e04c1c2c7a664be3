import ConversationStoreApp
import EventLog
import IngestGatewayApp
import Launch
import Logging
import NotifierApp
import ReporterApp
import ServiceKit
import TicketServiceApp
import Views

/// The services of the suite, and the views that they fold.
enum Suite {
  static let services: [Launch.Build] = [
    { try IngestGateway.build($0) }, { try ConversationStore.build($0) }, { try TicketService.build($0) }, { try Notifier.build($0) },
    { try Reporter.build($0) },
  ]

  static let folds: [any Fold] = [IngestFold(), ConversationsFold(), TicketService.fold, Notifier.fold, Reporter.fold]
}
