/// A point in time by which something must have ended.
struct Deadline {
  private let end: ContinuousClock.Instant

  init(milliseconds: Int) { end = .now + .milliseconds(milliseconds) }

  var remainingMilliseconds: Int32 {
    let left = (end - .now) / .milliseconds(1)
    return Int32(min(max(left, 0), Double(Int32.max)))
  }

  var hasPassed: Bool { ContinuousClock.now >= end }
}
