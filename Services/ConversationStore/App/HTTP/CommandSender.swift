import EventLog
import Events
import HTTPKit
import ServiceKit
import Views

/// Sends a command and waits for its one result.
struct CommandSender: Sendable {
  let log: any EventLog
  let view: View<ConversationsFold>
  let workspace: WorkspaceId

  /// - Returns: `nil` when the result has not been folded in time; the command stands in the log and will have one.
  func send(_ command: ConversationCommand, by actor: Actor, at now: Timestamp) async throws -> CommandResult? {
    let id = command.command
    let envelope = Envelope(
      id: RecordId(DerivedId.uuid("conversation.commands", command.contact.text, id.text)), occurredAt: now, workspace: workspace,
      correlationId: id.text, actor: actor, body: command)
    // Before the append, so that no change is missed.
    let changes = view.changes()
    _ = try await log.append([try Topics.conversationCommands.record(key: command.contact.text, envelope)])
    return try await withThrowingTaskGroup(of: CommandResult?.self) { group in
      group.addTask {
        for await _ in changes {
          if let result = try await view.read({ try CommandResult.find(id, of: command.contact, $0) }) { return result }
        }
        return nil
      }
      group.addTask {
        try? await Task.sleep(for: .milliseconds(View<ConversationsFold>.waitMilliseconds))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}
