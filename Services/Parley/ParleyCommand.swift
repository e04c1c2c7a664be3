import ArgumentParser

@main
struct ParleyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parley",
    abstract: "A self-hosted WhatsApp customer-support suite.",
    discussion: """
      All services run in one process with `parley up`. Of the five services, the ingest gateway and the conversation store do their work; \
      the ticket service, the notifier and the reporter so far start, follow the log, and answer health and metrics.
      """,
    subcommands: [Up.self, Demo.self, Simulate.self, Rebuild.self, TopicsTool.self, DeadLetters.self, Doctor.self])
}
