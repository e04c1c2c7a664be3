import Events
import IngestGatewayCore
import Testing

/// The traps 1 to 11; each has broken a system of this kind.
@Suite struct TrapTests {
  static let misshapen: [(body: String, reason: String)] = [
    (#"[]"#, "wrong-type"), (#"{"object":"x"}"#, "wrong-type"), (#"{"entry":{}}"#, "wrong-type"), (#"{"entry":[7]}"#, "wrong-type"),
    (#"{"entry":[{"id":"1"}]}"#, "wrong-type"), (#"{"entry":[{"changes":[null]}]}"#, "wrong-type"),
    (#"{"entry":[{"changes":[{"field":"messages","value":[]}]}]}"#, "wrong-type"),
    (#"{"entry":[{"changes":[{"value":{}}]}]}"#, "missing-field"),
    (#"{"entry":[{"changes":[{"field":"messages","value":{"messages":{}}}]}]}"#, "wrong-type"),
    (#"{"entry":["#, "not-json"), (#"{"a":"\#u{1}"}"#, "not-json"), ("", "not-json"),
    (String(repeating: "[", count: 5_000), "not-json"),
  ]

  @Test("trap 1: a body of the wrong shape is one dead letter", arguments: misshapen)
  func wrongShape(body: String, reason: String) throws {
    var workshop = Workshop()
    let result = try workshop.take(body)
    #expect(result.reasons == [reason])
    #expect(result.counts.changes == ItemCounts(deadLettered: 1))
    #expect(result.total.received == 1)
  }

  @Test("trap 1: invalid UTF-8 is kept as base64") func invalidUTF8() throws {
    var workshop = Workshop()
    let result = try workshop.take([0x7b, 0xff, 0x7d])
    #expect(result.letters.map(\.item) == [Personal("e/99")])
  }

  @Test("trap 1: what is broken does not take its neighbours with it") func neighboursGoOn() throws {
    var workshop = Workshop()
    let good = Bodies.change("\(Bodies.channel),\"messages\":[\(Bodies.message("wamid.1"))]")
    let result = try workshop.take(Bodies.body("7", Bodies.entry("\"x\"", good), #"{"id":"2"}"#))
    #expect(result.counts.messages == ItemCounts(stored: 1))
    #expect(result.counts.changes == ItemCounts(deadLettered: 3))
    #expect(result.letters.map(\.path) == ["entry[0]", "entry[1].changes[0]", "entry[2].changes"])
  }

  @Test("trap 1: missing contacts and field are tolerated, missing id, sender and channel are named") func missingParts() throws {
    var workshop = Workshop()
    let noField = #"{"value":{\#(Bodies.channel),"messages":[\#(Bodies.message("wamid.1"))]}}"#
    let noChannel = Bodies.change("\"messages\":[\(Bodies.message("wamid.2"))],\"statuses\":[\(Bodies.status("wamid.3"))]")
    let noId = Bodies.change("\(Bodies.channel),\"messages\":[{\"from\":\"491710000001\"},\(Bodies.message("wamid.4", from: nil))]")
    let result = try workshop.take(Bodies.body(Bodies.entry(noField, noChannel, noId)))
    #expect(result.received.map(\.source.providerId.text) == ["wamid.1"])
    #expect(result.reasons == ["missing-channel", "missing-channel", "missing-id", "missing-contact"])
  }

  @Test("trap 2: two accounts and three numbers in one body") func severalNumbers() throws {
    var workshop = Workshop()
    func change(_ number: String, _ items: String) -> String {
      Bodies.change(#""metadata":{"display_phone_number":"1","phone_number_id":"\#(number)"},\#(items)"#)
    }
    let result = try workshop.take(
      Bodies.body(
        Bodies.entry(
          change("n1", "\"messages\":[\(Bodies.message("wamid.1"))]"), change("n2", "\"messages\":[\(Bodies.message("wamid.2"))]"),
          account: "w1"),
        Bodies.entry(change("n3", "\"statuses\":[\(Bodies.status("wamid.3"))]"), account: "w2")))
    #expect(result.received.map(\.source.channel.id.text) == ["n1", "n2"])
    #expect(result.reports.map(\.channel.id.text) == ["n3"])
    #expect(result.reports.map(\.channel.businessAccount?.text) == ["w2"])
    #expect(Set(result.messages.map(\.key) + result.deliveries.map(\.key)).count == 1)
  }

  @Test("trap 3: the same wamid twice in one body, and again six days later") func duplicates() throws {
    var workshop = Workshop()
    let body = Bodies.messages(Bodies.message("wamid.1"), Bodies.message("wamid.1"))
    let first = try workshop.take(body)
    let later = try workshop.take(body, receivedAt: Workshop.receivedAt.adding(hours: 6 * 24))
    #expect(first.counts.messages == ItemCounts(stored: 1, duplicates: 1))
    #expect(later.counts.messages == ItemCounts(duplicates: 2))
    #expect(later.messages.isEmpty && later.aliases.isEmpty)
  }

  @Test("trap 4: a status finds the contact by our callback data, the echo, or the recipient") func statusOfUnknownMessage() throws {
    var workshop = Workshop()
    let ours = CallbackData(
      contact: ContactId("00000000-0000-8000-8000-000000000001"), message: MessageId("00000000-0000-8000-8000-000000000002"))
    let echo = #"{"id":"wamid.e","from":"15550009999","to":"491710000001","timestamp":"1795210000","type":"text","text":{"body":"hi"}}"#
    let echoed = try workshop.take(Bodies.field("smb_message_echoes", #"\#(Bodies.channel),"message_echoes":[\#(echo)]"#))
    let result = try workshop.take(
      Bodies.statuses(
        Bodies.status("wamid.o", more: #""biz_opaque_callback_data":"\#(ours.text)""#), Bodies.status("wamid.e", recipient: nil),
        Bodies.status("wamid.x", recipient: "491719999999"), Bodies.status("wamid.y", recipient: nil)))
    let contacts = result.reports.map(\.contact)
    #expect(contacts[0] == ours.contact)
    #expect(contacts[1] == echoed.received.first?.source.contact)
    #expect(contacts.count == 3)
    #expect(Set(contacts).count == 3)
    #expect(result.reasons == ["missing-contact"])
  }

  @Test("trap 5: each status is told as it came, a repeated one is a duplicate") func statusOrder() throws {
    var workshop = Workshop()
    let failed = Bodies.status(
      "wamid.1", "failed", more: #""errors":[{"code":131049,"title":"t","error_data":{"details":"healthy ecosystem"}}]"#)
    let result = try workshop.take(
      Bodies.statuses(
        Bodies.status("wamid.1", "read"), failed, Bodies.status("wamid.1", "sent"), Bodies.status("wamid.1", "read"),
        Bodies.status("wamid.1", "of_tomorrow")))
    #expect(result.reports.map(\.status) == [.read, .failed, .sent, .other])
    #expect(result.counts.statuses == ItemCounts(stored: 4, duplicates: 1))
    #expect(result.reports[1].errors == [ProviderError(code: 131_049, title: "t", details: "healthy ecosystem")])
  }

  @Test("trap 6: a text stands in front of the system message that explains its number") func textBeforeSystemMessage() throws {
    var workshop = Workshop()
    let before = try workshop.take(Bodies.messages(Bodies.message("wamid.1", from: "491710000001")))
    let result = try workshop.take(
      Bodies.messages(
        Bodies.message("wamid.2", from: "491710000002"), Bodies.numberChanged("wamid.3", from: "491710000001", to: "491710000002")))
    #expect(result.received.map(\.source.providerId.text) == ["wamid.2", "wamid.3"])
    #expect(Set(result.messages.map(\.key)) == Set(before.messages.map(\.key)))
  }

  @Test("trap 9: a reaction is removed by an empty text or a missing key, and may be to an unknown message") func reactions() throws {
    var workshop = Workshop()
    func reaction(_ id: String, _ emoji: String) -> String {
      Bodies.message(id, #""type":"reaction","reaction":{"message_id":"wamid.unknown"\#(emoji)}"#)
    }
    let result = try workshop.take(
      Bodies.messages(reaction("wamid.1", #","emoji":"👍""#), reaction("wamid.2", #","emoji":"""#), reaction("wamid.3", "")))
    let emojis = result.records.compactMap { if case .reactionChanged(let change) = $0 { change.emoji.clear() ?? "none" } else { nil } }
    #expect(emojis == ["👍", "none", "none"])
  }

  @Test("trap 10: the answer of a flow may hold broken JSON or no object", arguments: [("{}", true), ("[1]", false), ("{oops", false)])
  func flowAnswer(json: String, isObject: Bool) throws {
    var workshop = Workshop()
    let content = #""type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"\#(json)"}}"#
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1", content)))
    guard case .flowReply(let reply) = result.received.first?.content else {
      Issue.record("no answer of a flow")
      return
    }
    #expect(reply.responseIsObject == isObject)
    #expect(reply.response.clear() == json)
  }

  static let times: [(json: String, at: Timestamp?)] = [
    (#""1795210000""#, Timestamp(seconds: 1_795_210_000)), ("1795210000", Timestamp(seconds: 1_795_210_000)),
    ("1795210000.5", Timestamp(seconds: 1_795_210_000)),
    ("\(1_795_219_200 + 599)", Timestamp(seconds: 1_795_219_200 + 599)), ("\(1_795_219_200 + 601)", Workshop.receivedAt),
    (#""99999999999999999999999""#, Workshop.receivedAt), ("18446744073709551615", Workshop.receivedAt),
    (#""soon""#, nil), (#""""#, nil), ("null", nil), ("-5", nil), ("0", nil), ("{}", nil), ("true", nil),
  ]

  @Test("trap 11: times are strings or numbers, ahead of us they are our own, else they are faults", arguments: times)
  func timestamps(json: String, at: Timestamp?) throws {
    var workshop = Workshop()
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1", at: json)))
    #expect(result.received.first?.source.sentAt == at)
    #expect(result.reasons == (at == nil ? ["bad-timestamp"] : []))
  }

  @Test("trap 11: equal seconds keep the order of the body") func equalSeconds() throws {
    var workshop = Workshop()
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.b"), Bodies.message("wamid.a"), Bodies.message("wamid.c")))
    #expect(result.received.map(\.source.providerId.text) == ["wamid.b", "wamid.a", "wamid.c"])
  }
}
