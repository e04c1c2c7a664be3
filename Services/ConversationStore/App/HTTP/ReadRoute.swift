import Events
import Foundation
import HTTPKit
import Hummingbird
import Views

/// `POST /api/conversations/{id}/read`: the team has read the conversation, up to a message or to its end.
struct ReadRoute: Sendable {
  static let maxBodyBytes = 4_096

  let view: View<ConversationsFold>
  let sender: CommandSender
  let now: @Sendable () -> Timestamp

  private struct Body: Decodable { let upTo: String? }

  private struct Accepted: Encodable {
    let command: String
    @OrNull var position: String?
  }

  var route: Route {
    Route(.post, "/api/conversations/{id}/read") { call in
      let id = try call.parameter("id")
      let headers = call.request.headers
      let hasBody = headers[.contentLength].map { $0 != "0" } ?? (headers[.transferEncoding] != nil)
      let body = hasBody ? try await call.json(Body.self, maxBytes: Self.maxBodyBytes) : Body(upTo: nil)
      try await view.reach(call)
      guard let conversation = try await view.read({ try ConversationJSON.find(id, $0) }) else { throw Problem.notFound("conversation") }
      let command = MarkConversationRead(
        command: CommandId(UUID().uuidString.lowercased()), contact: ContactId(conversation.contact.id), conversation: ConversationId(id),
        upTo: body.upTo.map { MessageId($0) })
      guard let result = try await sender.send(.markRead(command), by: Actor(.apiKey), at: now()) else {
        return try .json(Accepted(command: command.command.text, position: nil), status: .accepted)
      }
      if let refusal = result.refusal { throw Problem(refusal) }
      let position = result.position.description
      return try .json(Accepted(command: command.command.text, position: position), headers: [.parleyPosition: position])
    }
  }
}

extension Problem {
  /// A refusal of the core, as HTTP says it.
  init(_ refusal: Refusal) {
    switch refusal.reason {
    case .notFound: self.init(404, "not-found", refusal.detail)
    case .conflict: self.init(409, "conflict", refusal.detail)
    case .invalid: self.init(400, "bad-request", refusal.detail)
    }
  }
}
