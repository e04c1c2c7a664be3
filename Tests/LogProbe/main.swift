import EventLogContract
import EventLogEmbedded
import Foundation

// The child process of the contract's kill tests: `log-probe embedded:FOLDER PLAN`.
guard CommandLine.arguments.count == 3, CommandLine.arguments[1].hasPrefix("embedded:") else {
  FileHandle.standardError.write(Data("usage: log-probe embedded:FOLDER PLAN\n".utf8))
  exit(64)
}
do {
  let log = try EmbeddedLog(folder: String(CommandLine.arguments[1].dropFirst("embedded:".count)))
  exit(try ProbePlan(argument: CommandLine.arguments[2]).run(log))
} catch {
  // Not by a trap: only the deaths that the plan asks for may look like deaths.
  FileHandle.standardError.write(Data("log-probe: \(error)\n".utf8))
  exit(1)
}
