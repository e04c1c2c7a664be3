import EventLog
import Foundation
import HTTPKit
import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle

/// Runs services in this process: their loops, one HTTP server, and an orderly end.
public struct Host: Sendable {
  /// After this the process ends even if a connection or a loop does not.
  static let shutdownSeconds = 10

  let platform: Platform
  let parts: [ServiceParts]
  let onReady: @Sendable (Int) async -> Void

  /// - Parameter onReady: called with the port once the server listens (the port may have been 0).
  public init(platform: Platform, parts: [ServiceParts], onReady: @escaping @Sendable (Int) async -> Void = { _ in }) {
    self.platform = platform
    self.parts = parts
    self.onReady = onReady
  }

  /// Everything that this process answers.
  package var routes: [Route] { parts.flatMap(\.routes) + healthRoutes }

  /// Returns after SIGINT or SIGTERM (or a cancelled task), when everything has ended.
  ///
  /// - Throws: the error of the loop that failed.
  public func run(handlesSignals: Bool = true) async throws {
    let table = RouteTable(
      routes, keys: AccessKeys([platform.secrets.adminToken]), logger: platform.logger)
    let onReady = onReady
    let app = Application(
      router: table.router(),
      configuration: ApplicationConfiguration(
        address: .hostname(platform.settings.host, port: platform.settings.port), serverName: nil),
      onServerRunning: { await onReady($0.localAddress?.port ?? 0) },
      logger: platform.logger)
    let loops = parts.flatMap(\.loops).map { LoopService(loop: $0, logger: platform.logger) }
    // The first to start is the last to end: loops go on until the server has stopped taking requests.
    let services = loops.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) } + [.init(service: app)]
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: handlesSignals ? [.sigint, .sigterm] : [], logger: platform.logger)
    configuration.maximumGracefulShutdownDuration = .seconds(Self.shutdownSeconds)
    defer { platform.log.close() }
    try await ServiceGroup(configuration: configuration).run()
  }
}

/// A loop as a service: stopped gracefully by its signal, and an error in it ends the process.
private struct LoopService: Service {
  let loop: Loop
  let logger: Logger

  func run() async throws {
    let stop = StopSignal()
    let loop = loop
    do {
      // Cancelled when another loop has failed.
      try await withTaskCancellationOrGracefulShutdownHandler {
        try await BlockingThread.run(named: loop.name, stop: stop) { try loop.run(stop) }
      } onCancelOrGracefulShutdown: {
        stop.stop()
        loop.wake()
      }
    } catch {
      logger.critical("loop ended", metadata: ["loop": "\(loop.name)", "error": "\(error)"])
      throw error
    }
  }
}
