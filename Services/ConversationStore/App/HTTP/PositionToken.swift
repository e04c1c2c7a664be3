import EventLog
import Events
import HTTPKit
import HTTPTypes
import Views

extension HTTPField.Name {
  /// A position in `conversation.events`: what a command has led to, and what a read has to show at least.
  static let parleyPosition = HTTPField.Name("Parley-Position")!
}

extension View<ConversationsFold> {
  /// How long a read or a command waits for the view.
  static var waitMilliseconds: Int { 5_000 }

  /// Waits until the view shows what the caller has been told of.
  ///
  /// - Throws: 400 for a token that is none; 503 when the view does not get there in time.
  func reach(_ call: Call) async throws {
    guard let text = call.request.headers[.parleyPosition] else { return }
    guard let vector = PositionVector(text) else {
      throw Problem.badRequest(field: HTTPField.Name.parleyPosition.rawName, "It is no position.")
    }
    let targets = Dictionary(
      uniqueKeysWithValues: vector.next.map { (TopicPartition(Topics.conversationEvents.name, $0.key), $0.value) })
    guard await wait(for: targets, timeoutMilliseconds: Self.waitMilliseconds) else {
      throw Problem(503, "behind", "This instance has not read that far yet. Try again.", retryAfterSeconds: 1)
    }
  }
}
