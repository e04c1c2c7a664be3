import Events
import IngestGatewayCore
import Testing

@Suite struct ChangeTests {
  @Test func `a template, a number and an account become typed records`() throws {
    var workshop = Workshop()
    let result = try workshop.take(
      Bodies.body(
        Bodies.entry(
          Bodies.change(
            #""event":"PAUSED","message_template_id":1689556908129832,"message_template_name":"order","message_template_language":"de""#,
            field: "message_template_status_update"),
          Bodies.change(
            #""display_phone_number":"15550009999","event":"FLAGGED","current_limit":"TIER_10K""#, field: "phone_number_quality_update"),
          Bodies.change(#""event":"ACCOUNT_RESTRICTION""#, field: "account_update"))))
    #expect(result.counts.changes == ItemCounts(stored: 3))
    #expect(result.counts.unknownFields.isEmpty)
    #expect(result.channelEvents.map(\.key) == ["900100", "900100", "900100"])
    guard case .templateChanged(let template) = result.channelRecords[0], case .numberChanged(let number) = result.channelRecords[1],
      case .accountChanged(let account) = result.channelRecords[2]
    else {
      Issue.record("other records: \(result.channelRecords.map(\.type))")
      return
    }
    #expect(template.templateId == "1689556908129832")
    #expect(template.event == "PAUSED")
    #expect(number.limit == "TIER_10K")
    #expect(account.event == "ACCOUNT_RESTRICTION")
    #expect(account.value.json.value == #"{"event":"ACCOUNT_RESTRICTION"}"#)
  }

  @Test func `a stopped kind of message is the customer's`() throws {
    var workshop = Workshop()
    let preference = #"{"wa_id":"491710000001","category":"marketing_messages","value":"stop","timestamp":1795210000}"#
    let result = try workshop.take(Bodies.field("user_preferences", #"\#(Bodies.channel),"user_preferences":[\#(preference),{}]"#))
    let message = try workshop.take(Bodies.messages(Bodies.message("wamid.1")))
    guard case .preferenceChanged(let change) = result.channelRecords.first else {
      Issue.record("no preference")
      return
    }
    #expect(change.preference == "stop")
    #expect(change.contact == message.received.first?.source.contact)
    #expect(result.counts.changes == ItemCounts(stored: 1))
  }

  @Test func `an unknown field is kept and counted by name, once`() throws {
    var workshop = Workshop()
    let body = Bodies.body(Bodies.entry(Bodies.change(#""a":1"#, field: "calls"), Bodies.change(#""a":2"#, field: "calls")))
    let first = try workshop.take(body)
    let second = try workshop.take(body)
    #expect(first.counts.unknownFields == ["calls": 2])
    #expect(second.counts.unknownFields.isEmpty)
    #expect(second.counts.changes == ItemCounts(duplicates: 2))
  }

  @Test func `errors of the number are kept, beside messages too`() throws {
    var workshop = Workshop()
    let errors = #""errors":[{"code":130429,"title":"Rate limit hit"}]"#
    let alone = try workshop.take(Bodies.value(errors))
    let beside = try workshop.take(Bodies.value(errors, "\"messages\":[\(Bodies.message("wamid.1"))]", "\"statuses\":[]"))
    guard case .numberChanged(let change) = alone.channelRecords.first else {
      Issue.record("no change of the number")
      return
    }
    #expect(change.event == "130429")
    #expect(beside.counts.messages == ItemCounts(stored: 1))
    #expect(beside.counts.changes == ItemCounts(duplicates: 1))
  }

  @Test func `a body without items counts none, a value without items is kept`() throws {
    var workshop = Workshop()
    #expect(try workshop.take(#"{"object":"whatsapp_business_account","entry":[]}"#).total.received == 0)
    #expect(try workshop.take(Bodies.value(#""messaging_product":"whatsapp""#)).counts.changes == ItemCounts(stored: 1))
  }

  @Test func `an item too large for a record is put aside and cut, its neighbours go on`() throws {
    var workshop = Workshop()
    let long = String(repeating: "ä", count: Normaliser.maxItemBytes / 2)
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1", Bodies.text(long)), Bodies.message("wamid.2")))
    #expect(result.reasons == ["too-large"])
    #expect(result.counts.messages == ItemCounts(stored: 1, deadLettered: 1))
    let kept = try #require(result.letters.first?.item.value)
    #expect(kept.utf8.count <= ItemDeadLettered.maxItemBytes)
    #expect(kept.hasSuffix("ä"))
  }

  @Test func `a body that the step gives up counts as one change`() {
    let body = RawBody(bytes: [1], app: "shop", partition: 1, offset: 7, receivedAt: Workshop.receivedAt)
    let result = Workshop().normaliser.giveUp(body, reason: "process-killed", detail: "died")
    #expect(result.counts.changes == ItemCounts(deadLettered: 1))
    #expect(result.reasons == ["process-killed"])
  }

  @Test func `the same body at the same position gives the same records`() throws {
    let body = Bodies.messages(Bodies.message("wamid.1"), contacts: Bodies.contact("491710000001", userId: "DE.1"))
    var first = Workshop()
    var second = Workshop()
    let records = try [first.take(body), second.take(body)].map { result in
      try result.messages.map { try RecordCoding.encode($0.envelope) } + result.aliases.map { try RecordCoding.encode($0.envelope) }
    }
    #expect(records[0] == records[1])
    #expect(records[0].count == 3)
  }
}
