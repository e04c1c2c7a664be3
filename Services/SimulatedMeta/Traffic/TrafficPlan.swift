/// What a run of traffic consists of; equal plans give equal bytes.
public struct TrafficPlan: Sendable, Equatable {
  public var seed: UInt64
  /// At most 3,866,100, so that each has a number of their own.
  public var customers: Int
  /// How many bodies are delivered before the rest drains: what is still on its way follows.
  public var deliveries: Int
  /// Unix seconds of the first body; there is no clock inside.
  public var startsAt: Int
  /// How fast provider time goes on.
  public var bodiesPerSecond: Double
  /// Of bodies: delivered again later, whole or one of their items inside a new body.
  public var duplicatePercent: Int
  /// Of bodies: overtaken by up to `shuffleSpan` later ones.
  public var shufflePercent: Int
  public static let shuffleSpan = 8

  public init(
    seed: UInt64, customers: Int, deliveries: Int, startsAt: Int, bodiesPerSecond: Double = 10, duplicatePercent: Int = 0,
    shufflePercent: Int = 0
  ) {
    self.seed = seed
    self.customers = min(max(1, customers), Customer.maxCount)
    self.deliveries = max(0, deliveries)
    self.startsAt = startsAt
    self.bodiesPerSecond = max(0.001, bodiesPerSecond)
    self.duplicatePercent = min(max(0, duplicatePercent), 100)
    self.shufflePercent = min(max(0, shufflePercent), 100)
  }

  /// Differs between runs of one seed at different times, so that their message ids do.
  var runKey: UInt64 { SeededRandom.mix(SeededRandom.mix(seed) &+ UInt64(bitPattern: Int64(startsAt))) }
}
