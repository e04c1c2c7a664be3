import EventLog
import Events
import HTTPKit
import ServiceKit
import Views

/// Builds the conversation store: its view, the step that decides, and its routes.
public enum ConversationStore {
  /// - Throws: `LogError` when the view cannot be opened.
  public static func build(_ platform: Platform) throws -> ServiceParts {
    let view = try platform.view(ConversationsFold())
    let workspace = platform.workspace
    let unread = platform.watch(DecideHandler.plan)
    return ServiceParts(
      name: DecideHandler.service, routes: routes(platform, view),
      loops: [
        platform.loop(view),
        platform.loop(step: DecideHandler.plan, on: view) { DecideHandler(view: view, workspace: workspace) },
        unread.loop,
      ],
      checks: [platform.check(view), unread.check])
  }

  package static func routes(_ platform: Platform, _ view: View<ConversationsFold>) -> [Route] {
    let sender = CommandSender(log: platform.log, view: view, workspace: platform.workspace)
    let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: StepRunner.wallClock()) }
    return ConversationRoutes(view: view, tokens: platform.pageTokens).routes
      + [ReadRoute(view: view, sender: sender, now: now).route, LiveRoute(view: view).route]
      + WebPage().routes
  }
}
