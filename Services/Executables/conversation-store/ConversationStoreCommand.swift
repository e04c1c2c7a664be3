import ArgumentParser
import ConversationStoreApp
import Launch

@main
struct ConversationStoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conversation-store", abstract: "Turns messages and commands into conversations, shows them by its API and a live feed.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await Launch.single("conversation-store", options) { try ConversationStore.build($0) }
  }
}
