import ArgumentParser
import EventLog
import Events
import Launch
import ServiceKit

struct DeadLetters: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead-letters", abstract: "Shows items that could not be processed, with the reason.")

  @OptionGroup var options: ServiceOptions

  @Option(help: "Show at most this many, the newest last.")
  var limit = 50

  @Flag(help: "Also show the items themselves. They hold personal data.")
  var items = false

  func run() async throws {
    try await Launch.reportingFailure {
      let settings = try await SettingsReader.read(flags: options.flags, needsWebhooks: false)
      let log = try LogDrivers.openReadOnly(settings, logger: Launch.bootstrap(settings))
      defer { log.close() }
      var letters: [Envelope<DeadLetterRecord>] = []
      try LogReader.readAll(Topics.deadLetters.name, log) { record in
        guard let value = record.value, case .known(let letter) = try RecordCoding.decode(value, as: DeadLetterRecord.self) else { return }
        letters.append(letter)
      }
      letters.sort { $0.occurredAt < $1.occurredAt }
      for letter in letters.suffix(limit) {
        guard case .itemDeadLettered(let item) = letter.body else { continue }
        print("\(letter.occurredAt)  \(item.service)  \(item.topic)/\(item.partition)@\(item.offset)  \(item.reason)  \(item.path ?? "")")
        print("    \(item.detail)")
        if items { print("    \(item.item.value ?? "(erased)")") }
      }
      print("\(letters.count) dead letters in the log")
    }
  }
}
