import ArgumentParser
import Launch
import ConversationStoreApp

@main
struct ConversationStoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conversation-store", abstract: "Decides what happens in conversations, and answers what is asked about them.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("conversation-store", options) { try ConversationStore.build($0) }
  }
}
