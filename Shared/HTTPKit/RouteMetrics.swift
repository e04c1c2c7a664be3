import HTTPTypes
import Metrics
import Synchronization

/// The series of one route. Looking a series up costs more than many requests do, so each is looked up once.
final class RouteMetrics: Sendable {
  private let labels: [(String, String)]
  private let seconds: Timer
  private let requests = Mutex<[Int: Counter]>([:])

  init(_ route: Route) {
    labels = [("method", route.method.rawValue), ("route", route.path)]
    seconds = Timer(label: "parley_http_seconds", dimensions: labels)
  }

  func record(_ status: HTTPResponse.Status, _ duration: Duration) {
    seconds.recordNanoseconds(duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    counter(status.code).increment()
  }

  private func counter(_ status: Int) -> Counter {
    requests.withLock { requests in
      if let known = requests[status] { return known }
      let made = Counter(label: "parley_http_requests", dimensions: labels + [("status", "\(status)")])
      requests[status] = made
      return made
    }
  }
}
