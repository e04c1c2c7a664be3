import Events
import HTTPKit
import HTTPTypes
import Hummingbird
import ServiceKit
import Views

/// The routes that read conversations, messages and contacts.
struct ConversationRoutes: Sendable {
  let view: View<ConversationsFold>
  let tokens: PageTokens

  var routes: [Route] {
    [
      Route(.get, "/api/conversations", query: ConversationList.query) { call in
        let list = try ConversationList(call, tokens: tokens)
        try await view.reach(call)
        // From here a live feed misses nothing that this page does not show.
        let position = view.vector(of: Topics.conversationEvents.name).description
        let page = try await view.read { try list.page($0, tokens: tokens) }
        return try .json(page, headers: [.parleyPosition: position])
      },
      Route(.get, "/api/conversations/{id}") { call in
        let id = try call.parameter("id")
        try await view.reach(call)
        guard let found = try await view.read({ try ConversationJSON.find(id, $0) }) else { throw Problem.notFound("conversation") }
        return try .json(found)
      },
      Route(.get, "/api/conversations/{id}/messages", query: MessageList.query) { call in
        let list = try MessageList(call, tokens: tokens)
        try await view.reach(call)
        guard let page = try await view.read({ try list.page($0, tokens: tokens) }) else { throw Problem.notFound("conversation") }
        return try .json(page)
      },
      Route(.get, "/api/contacts/{id}") { call in
        let id = try call.parameter("id")
        try await view.reach(call)
        guard let found = try await view.read({ try ContactJSON.find(id, $0) }) else { throw Problem.notFound("contact") }
        return try .json(found)
      },
    ]
  }
}
