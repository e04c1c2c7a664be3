import EventLog
import Events
import HTTPKit
import IngestGatewayCore
import ServiceKit
import Views

/// Builds the ingest gateway: the webhook's door, the step that normalises, and what became of it all.
public enum IngestGateway {
  public static let name = "ingest-gateway"

  /// - Throws: `LogError` when the view cannot be opened.
  public static func build(_ platform: Platform) throws -> ServiceParts {
    let view = try platform.view(IngestFold())
    let normaliser = Normaliser(workspace: platform.workspace, secret: platform.secrets.workspace)
    let unread = platform.watch(NormaliseHandler.plan)
    return ServiceParts(
      name: name, routes: routes(platform, view),
      loops: [
        platform.loop(view),
        platform.loop(step: NormaliseHandler.plan, on: view) { NormaliseHandler(normaliser: normaliser, view: view) },
        unread.loop,
      ],
      checks: [platform.check(view), unread.check])
  }

  package static func routes(
    _ platform: Platform, _ view: View<IngestFold>,
    now: @escaping @Sendable () -> Timestamp = { Timestamp(milliseconds: StepRunner.wallClock()) }
  ) -> [Route] {
    WebhookRoutes(
      log: platform.log, apps: platform.settings.metaAppSecrets, verifyToken: platform.settings.metaVerifyToken,
      maxBodyBytes: platform.settings.maxBodyBytes, now: now
    ).routes + IngestRoutes(view: view, log: platform.log, tokens: platform.pageTokens).routes
  }
}
