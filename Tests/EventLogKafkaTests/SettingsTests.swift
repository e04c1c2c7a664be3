import EventLog
import EventLogKafka
import Testing

struct SettingsTests {
  @Test func `a password is in no description, dump or error`() throws {
    var settings = KafkaSettings(bootstrapServers: ["127.0.0.1:1"])
    settings.security.login = .init(mechanism: .scramSha512, user: "parley", password: "hunter-2")
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!dumped.contains("hunter-2"))
    #expect(!"\(settings) \(String(reflecting: settings)) \(settings.security)".contains("hunter-2"))
    settings.extra = ["no.such.property": "1"]
    #expect {
      try KafkaLog(settings: settings, logger: TestBroker.quiet)
    } throws: {
      "\($0)".contains("no.such.property") && !"\($0)".contains("hunter-2")
    }
  }

  @Test func `a file that is not there stops the start`() {
    var settings = KafkaSettings(bootstrapServers: ["127.0.0.1:1"])
    settings.security.tls = .init(caFile: "/no/such/file.pem")
    #expect {
      try KafkaLog(settings: settings, logger: TestBroker.quiet)
    } throws: {
      if case LogError.unusable(let reason)? = $0 as? LogError { reason.contains("ssl.ca.location") } else { false }
    }
  }

  @Test func `no server is refused`() {
    #expect(throws: LogError.unusable("no Kafka server is named")) {
      try KafkaLog(settings: KafkaSettings(bootstrapServers: []), logger: TestBroker.quiet)
    }
  }
}
