import EventLog
import EventLogEmbedded
import EventLogKafka
import Events
import Logging
import ServiceKit

/// Opens the event log that the settings name.
public enum LogDrivers {
  public static func open(_ settings: Settings, logger: Logger) throws -> any EventLog {
    switch settings.log {
    case .embedded(let folder):
      let log = try EmbeddedLog(folder: folder)
      try log.createTopics(Topics.all.map(\.settings), partitions: settings.partitions)
      return log
    case .kafka(let servers): return try KafkaLog(settings: kafka(settings, servers), logger: logger)
    }
  }

  /// For tools beside a running suite: an embedded log is only read.
  public static func openReadOnly(_ settings: Settings, logger: Logger) throws -> any EventLog {
    switch settings.log {
    case .embedded(let folder): try EmbeddedLog(readingFolder: folder)
    case .kafka(let servers): try KafkaLog(settings: kafka(settings, servers), logger: logger)
    }
  }

  private static func kafka(_ settings: Settings, _ servers: [String]) -> KafkaSettings {
    let kafka = settings.kafka
    let tls = KafkaSettings.TLS(caFile: kafka.caFile, certificateFile: kafka.certificateFile, keyFile: kafka.keyFile)
    let login = kafka.mechanism.flatMap { mechanism in
      KafkaSettings.Mechanism(rawValue: mechanism.rawValue).map {
        KafkaSettings.Login(mechanism: $0, user: kafka.user ?? "", password: kafka.password ?? "")
      }
    }
    return KafkaSettings(
      bootstrapServers: servers, security: KafkaSettings.Security(tls: kafka.tls ? tls : nil, login: login),
      ackTimeoutMilliseconds: settings.ackTimeoutMilliseconds, replicationFactor: kafka.replicationFactor, extra: kafka.extra)
  }
}
