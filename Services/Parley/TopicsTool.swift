import ArgumentParser
import EventLog
import Events
import Launch
import ServiceKit

struct TopicsTool: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topics", abstract: "Shows the topics of the log, or creates those that are missing.",
    subcommands: [List.self, Create.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows each topic with its partitions and records.")
    @OptionGroup var options: ServiceOptions

    func run() async throws {
      try await Launch.reportingFailure {
        let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: false)
        let log = try LogDrivers.openReadOnly(settings, logger: Launch.bootstrap(settings))
        defer { log.close() }
        let present = try log.topics()
        let known = Topics.all.filter { present[$0.name] != nil }
        let ranges = try log.offsets(of: known.map(\.name), isolation: .readCommitted)
        var table = Table(["topic", "partitions", "offsets held", "kept", "written by"])
        for topic in Topics.all {
          let held = ranges.filter { $0.key.topic == topic.name }.reduce(0) { $0 + $1.value.high - $1.value.low }
          let count = present[topic.name]
          table.add([topic.name, count.map { "\($0)" } ?? "missing", count == nil ? "" : "\(held)", "\(topic.retention)", topic.writer])
        }
        print(table.text)
      }
    }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Creates the topics that are missing, with their retention and limits.")
    @OptionGroup var options: ServiceOptions

    func run() async throws {
      try await Launch.reportingFailure {
        let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: false)
        let log = try LogDrivers.open(settings, logger: Launch.bootstrap(settings))
        defer { log.close() }
        try log.createTopics(Topics.all.map(\.settings), partitions: settings.partitions)
        print("\(Topics.all.count) topics with \(settings.partitions) partitions are there.")
      }
    }
  }
}
