import Events
import JSON

extension ContentReader {
  /// The answer to buttons, lists, flows and requests.
  func interactive() throws(ItemFault) -> MessageContent {
    guard let part = message.present("interactive"), part.kind != .object || part.count > 0 else {
      // Seen without an inner object, explained by errors of the value (131000).
      return unsupported(type)
    }
    guard part.kind == .object else { throw .wrongType(part, expected: "an object") }
    let inner = part.short("type") ?? ""
    switch inner {
    case "button_reply": return .buttonReply(reply(try part.object(inner, .badContent)))
    case "list_reply": return .listReply(reply(try part.object(inner, .badContent)))
    case "nfm_reply": return .flowReply(flow(try part.object(inner, .badContent)))
    case "call_permission_reply": return .callPermission(callPermission(try part.object(inner, .badContent)))
    default: return unknown(inner.isEmpty ? type : "\(type).\(inner)")
    }
  }

  private func reply(_ part: JSONValue) -> ReplyContent {
    ReplyContent(id: part.short("id"), title: part.shortPersonal("title"), description: part.shortPersonal("description"))
  }

  /// `response_json` is a text that ought to hold an object, and need not (trap 10).
  private func flow(_ part: JSONValue) -> FlowReply {
    let response = part["response_json"].map { $0.string ?? $0.text() }
    let isObject = response.flatMap { try? JSONDocument(parsing: Array($0.utf8)).root.kind } == .object
    return FlowReply(
      name: part.short("name"), body: part.personal("body"), response: response.map(Personal.init), responseIsObject: isObject)
  }

  private func callPermission(_ part: JSONValue) -> CallPermissionReply {
    CallPermissionReply(
      response: part.short("response"), source: part.short("response_source"), expiresAt: ProviderTime.future(part["expiration_timestamp"]))
  }
}
