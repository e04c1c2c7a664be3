import EventLog
import EventLogContract
import EventLogEmbedded
import EventLogKafka
import Foundation

// The child process of the contract's kill tests: `log-probe LOG PLAN`, where LOG is `embedded:FOLDER` or `kafka://HOST:PORT`.
do {
  let arguments = CommandLine.arguments
  guard arguments.count == 3 else { throw LogError.unusable("log-probe takes a log and a plan") }
  exit(try ProbePlan(argument: arguments[2]).run(try openLog(arguments[1])))
} catch {
  // Not by a trap: only the deaths that the plan asks for may look like deaths.
  FileHandle.standardError.write(Data("log-probe: \(error)\n".utf8))
  exit(1)
}

func openLog(_ name: String) throws -> any EventLog {
  let kafka = "kafka://"
  if name.hasPrefix(kafka) {
    let servers = name.dropFirst(kafka.count).split(separator: ",").map(String.init)
    // noida-db does not keep to fetch limits; with the default, large fetches stall silently.
    return try KafkaLog(settings: KafkaSettings(bootstrapServers: servers, extra: ["receive.message.max.bytes": "1000000000"]))
  }
  return try EmbeddedLog(folder: String(name.dropFirst("embedded:".count)))
}
