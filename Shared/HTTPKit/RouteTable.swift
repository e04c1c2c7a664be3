import EventLog
import HTTPTypes
import Hummingbird
import Logging

/// The context of a request, as small as Hummingbird allows.
public typealias APIContext = BasicRequestContext

/// Turns routes into a router: access, unknown parameters, errors, metrics and the log line are done here, once.
public struct RouteTable: Sendable {
  public let routes: [Route]
  private let keys: AccessKeys
  private let logger: Logger

  public init(_ routes: [Route], keys: AccessKeys, logger: Logger) {
    self.routes = routes
    self.keys = keys
    self.logger = logger
  }

  public func router() -> Router<APIContext> {
    let router = Router(context: APIContext.self)
    router.add(middleware: UnknownPath())
    for route in routes {
      let metrics = RouteMetrics(route)
      router.on(RouterPath(route.path), method: route.method) { request, context in
        let start = ContinuousClock.now
        let response = await respond(route, Call(request: request, parameters: context.parameters))
        metrics.record(response.status, start.duration(to: .now))
        return response
      }
    }
    return router
  }

  private func respond(_ route: Route, _ call: Call) async -> Response {
    do {
      if route.access == .key { try keys.check(call.request) }
      for (name, _) in call.request.uri.queryParameters where !route.query.contains(String(name)) && route.access == .key {
        throw Problem.badRequest(field: String(name), "This route takes no such parameter.")
      }
      return try await route.handler(call)
    } catch {
      return problem(for: error, route).response()
    }
  }

  private func problem(for error: any Error, _ route: Route) -> Problem {
    switch error {
    case let problem as Problem: return problem
    case LogError.unavailable: return .unavailable
    case LogError.tooLarge(_, _, let limit): return .tooLarge(limitBytes: limit)
    default:
      logger.error("request failed", metadata: ["route": "\(route.method) \(route.path)", "error": "\(error)"])
      return .internalError
    }
  }
}

/// Paths and methods that no route has get a problem of the same shape as every other error.
private struct UnknownPath: RouterMiddleware {
  func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      return Problem.notFound("path").response()
    } catch let error as HTTPError {
      return Problem(error.status.code, "http", error.status.reasonPhrase).response()
    }
  }
}
