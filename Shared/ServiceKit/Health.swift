import EventLog
import HTTPKit
import HTTPTypes
import Hummingbird

extension Host {
  /// `/healthz`: the process runs. `/readyz`: it can do its work, or why not. `/metrics`: Prometheus text.
  var healthRoutes: [Route] {
    let checks = parts.flatMap(\.checks)
    return [
      Route(.get, "/healthz", access: .open) { _ in .text("ok\n") },
      Route(.get, "/readyz", access: .open) { _ in
        let problems = try await BlockingThread.run(named: "readiness") {
          checks.compactMap { check in check.problem().map { ReadinessProblem(check: check.name, reason: $0) } }
        }
        return try .json(Readiness(ready: problems.isEmpty, problems: problems), status: problems.isEmpty ? .ok : .serviceUnavailable)
      },
      Route(.get, "/metrics", access: .open) { _ in .text(MetricsRegistry.shared.text(), contentType: "text/plain; version=0.0.4") },
    ]
  }
}

private struct Readiness: Encodable {
  let ready: Bool
  let problems: [ReadinessProblem]
}

private struct ReadinessProblem: Encodable {
  let check: String
  let reason: String
}
