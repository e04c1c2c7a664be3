import Foundation
import LocalServer
import Synchronization

/// The smallest product that the check agrees with, and the faults that it must find.
final class FakeProduct: Sendable {
  enum Fault: String, CaseIterable, Sendable {
    case none, losesMessage, doublesMessage, swapsOrder, wrongStatus, wrongText, splitsCustomer, deadLetters, breaksEquation
  }

  private struct Message {
    let id: String
    let conversation: String
    var text: String?
  }

  private struct State {
    var seen: Set<String> = []
    var counts: [String: [String: Int]] = [:]
    var messages: [Message] = []
    var statuses: [String: Set<String>] = [:]
  }

  private let fault: Fault
  private let customers: @Sendable (String) -> Int?
  private let state = Mutex(State())

  /// - Parameter customers: who a message id belongs to, in place of resolving identities.
  init(_ fault: Fault, customers: @escaping @Sendable (String) -> Int?) {
    self.fault = fault
    self.customers = customers
  }

  func answer(_ request: LocalServer.Request) -> LocalServer.Reply {
    if request.path == "/webhooks/whatsapp" { return take(request.body) }
    guard request.headers["authorization"] == "Bearer key" else { return .answer(401) }
    let path = request.path.split(separator: "?")[0]
    if path == "/api/ingest" { return json(ingest()) }
    if path == "/api/conversations" { return page(conversations().map { ["id": $0] }, request.path) }
    return page(messages(of: String(path.split(separator: "/")[2])), request.path)
  }

  private func take(_ body: [UInt8]) -> LocalServer.Reply {
    guard let parsed = try? ParsedBody(body) else { return .answer(400) }
    state.withLock { state in
      for item in parsed.items { take(item, body, &state) }
    }
    return .answer(200)
  }

  private func take(_ item: ParsedBody.Item, _ body: [UInt8], _ state: inout State) {
    let isNew = state.seen.insert(item.category == "changes" ? "change \(body)" : item.id).inserted
    state.counts[item.category, default: [:]]["received", default: 0] += 1
    let isDead = fault == .deadLetters && isNew && item.type == "order"
    let fate = isDead ? "deadLettered" : isNew ? "stored" : "duplicates"
    state.counts[item.category, default: [:]][fate, default: 0] += 1
    guard isNew else { return }
    if let status = item.status { state.statuses[String(item.id.prefix { $0 != "#" }), default: []].insert(status) }
    guard item.category == "messages", !["reaction", "edit", "revoke", "system", "request_welcome"].contains(item.type) else { return }
    let owner = customers(item.id).map(String.init) ?? "nobody"
    let suffix = fault == .splitsCustomer && item.type == "image" ? "-again" : ""
    state.messages.append(Message(id: item.id, conversation: "\(owner)-\(item.number)\(suffix)", text: item.text))
  }

  private func ingest() -> [String: Any] {
    state.withLock { state in
      var byKind: [String: [String: Int]] = [:]
      var total: [String: Any] = ["pending": 0]
      for name in ["received", "stored", "duplicates", "deadLettered"] {
        for category in ["messages", "statuses", "changes"] {
          let isTooMany = fault == .breaksEquation && name == "stored" && category == "changes"
          byKind[category, default: [:]][name] = (state.counts[category]?[name] ?? 0) + (isTooMany ? 1 : 0)
        }
        total[name] = byKind.values.reduce(0) { $0 + ($1[name] ?? 0) }
      }
      total["byKind"] = byKind
      return total
    }
  }

  private func conversations() -> [String] { state.withLock { Set($0.messages.map(\.conversation)).sorted() } }

  private func messages(of conversation: String) -> [[String: Any]] {
    state.withLock { state in
      var own = state.messages.filter { $0.conversation == conversation }
      if own.count > 2 {
        switch fault {
        case .losesMessage: own.removeLast()
        case .doublesMessage: own.append(own[own.count - 1])
        case .swapsOrder: own.swapAt(0, 1)
        case .wrongText: own = own.map { Message(id: $0.id, conversation: $0.conversation, text: $0.text.map { $0 + "?" }) }
        default: break
        }
      }
      return own.map { message in
        [
          "providerId": message.id, "direction": "in", "kind": "text", "text": message.text as Any,
          "status": finalStatus(state.statuses[message.id] ?? []) as Any,
        ].compactMapValues { $0 as? String }
      }
    }
  }

  private func finalStatus(_ statuses: Set<String>) -> String? {
    let order = fault == .wrongStatus ? ["failed", "sent"] : ["played", "read", "delivered", "failed", "sent"]
    return order.first(where: statuses.contains)
  }

  /// Pages of seven, whatever the limit, so that the reader has to turn them.
  private func page(_ items: [[String: Any]], _ path: String) -> LocalServer.Reply {
    let start = path.components(separatedBy: "&page=").dropFirst().first.flatMap { Int($0) } ?? 0
    let rest = items.dropFirst(start)
    return json(["items": Array(rest.prefix(7)), "next": rest.count > 7 ? "\(start + 7)" : NSNull()])
  }

  private func json(_ object: [String: Any]) -> LocalServer.Reply {
    guard let data = try? JSONSerialization.data(withJSONObject: object) else { return .answer(500) }
    return .answer(200, headers: ["Content-Type": "application/json"], body: String(decoding: data, as: UTF8.self))
  }
}
