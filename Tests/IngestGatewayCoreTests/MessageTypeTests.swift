import Events
import IngestGatewayCore
import Testing

@Suite struct MessageTypeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let json: String
    let kind: MessageContent.Kind
    var text: String?
    var testDescription: String { "\(kind): \(json.prefix(60))" }
  }

  static let media = #"{"id":"m1","mime_type":"x/y","sha256":"aGk=","caption":"look","filename":"a.pdf"}"#

  static let rows: [Row] = [
    Row(json: Bodies.text("Grüße 👋"), kind: .text, text: "Grüße 👋"),
    Row(json: Bodies.text(#"Dobr\u00fd \ud83d\udc4b"#), kind: .text, text: "Dobrý 👋"),
    Row(json: #""type":"image","image":\#(media)"#, kind: .image, text: "look"),
    Row(json: #""type":"video","video":\#(media)"#, kind: .video, text: "look"),
    Row(json: #""type":"document","document":\#(media)"#, kind: .document, text: "look"),
    Row(json: #""type":"sticker","sticker":{"id":"m1","animated":true}"#, kind: .sticker),
    Row(json: #""type":"audio","audio":{"id":"m1","voice":false}"#, kind: .audio),
    Row(json: #""type":"audio","audio":{"id":"m1","voice":true}"#, kind: .voice),
    Row(json: #""type":"voice","voice":{"id":"m1"}"#, kind: .voice),
    Row(json: #""type":"image","errors":[{"code":131052,"title":"Media download error"}]"#, kind: .unsupported),
    Row(json: #""type":"location","location":{"latitude":52.5,"longitude":"13.4","name":"Office"}"#, kind: .location, text: "Office"),
    Row(
      json: #""type":"contacts","contacts":[{"name":{"formatted_name":"Bo Card"},"phones":[{"phone":"+1 555 0100"}]},{"vcard":"x"}]"#,
      kind: .contacts, text: "Bo Card"),
    Row(
      json: #""type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"b","title":"Yes"}}"#, kind: .buttonReply,
      text: "Yes"),
    Row(
      json: #""type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r","title":"Row","description":"d"}}"#,
      kind: .listReply, text: "Row"),
    Row(
      json: #""type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{}"}}"#,
      kind: .flowReply, text: "Sent"),
    Row(
      json:
        #""type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}"#,
      kind: .callPermission),
    Row(json: #""type":"interactive","interactive":{"type":"of_tomorrow","of_tomorrow":{}}"#, kind: .unknown),
    Row(json: #""type":"interactive""#, kind: .unsupported),
    Row(json: #""type":"button","button":{"payload":"p","text":"Stop"}"#, kind: .button, text: "Stop"),
    Row(
      json:
        #""type":"order","order":{"catalog_id":"c","text":"soon","product_items":[{"product_retailer_id":"p","quantity":"2"}]}"#,
      kind: .order, text: "soon"),
    Row(json: #""type":"system","system":{"type":"customer_identity_changed","body":"new device"}"#, kind: .system, text: "new device"),
    Row(json: #""type":"request_welcome""#, kind: .welcomeRequest),
    Row(
      json: #""type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"Message type unknown"}]"#,
      kind: .unsupported),
    Row(json: #""type":"hologram","hologram":{"id":"h"}"#, kind: .unknown),
    Row(json: #""type":"ephemeral""#, kind: .unknown),
  ]

  @Test(arguments: rows) func `each type becomes its content`(row: Row) throws {
    var workshop = Workshop()
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1", row.json), contacts: Bodies.contact("491710000001")))
    #expect(result.counts.messages == ItemCounts(stored: 1))
    let message = try #require(result.received.first)
    #expect(message.content.kind == row.kind)
    #expect(message.content.text == row.text)
    #expect(message.source.person.name?.value == "Ada Test")
    #expect(
      message.source.channel
        == ChannelReference(id: ChannelId("700100"), displayNumber: "15550009999", businessAccount: BusinessAccountId("900100")))
    #expect(result.messages.first?.key == message.source.contact.text)
    #expect(result.messages.first?.envelope.occurredAt == Timestamp(seconds: 1_795_210_000))
  }

  static let broken: [String] = [
    #""type":"text""#, #""type":"text","text":"hello""#, #""type":"text","text":{"body":7}"#, #""type":"image","image":{}"#,
    #""type":"location","location":{"latitude":1}"#, #""type":"contacts","contacts":{}"#, #""type":"reaction","reaction":{}"#,
    #""type":"edit","edit":{"original_message_id":"x"}"#, #""type":"revoke""#,
    #""type":"interactive","interactive":{"type":"list_reply"}"#,
  ]

  @Test(arguments: broken) func `a message without its part is put aside and the next goes on`(content: String) throws {
    var workshop = Workshop()
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1", content), Bodies.message("wamid.2")))
    #expect(result.counts.messages == ItemCounts(stored: 1, deadLettered: 1))
    let letter = try #require(result.letters.first)
    #expect(letter.reason == "bad-content")
    #expect(letter.path?.hasPrefix("entry[0].changes[0].value.messages[0]") == true)
    #expect(letter.item.value?.contains("wamid.1") == true)
  }

  @Test func `an answer keeps what it answers, an advertisement where it came from`() throws {
    var workshop = Workshop()
    let content =
      Bodies.text("hi")
      + #","context":{"id":"wamid.0","forwarded":true},"referral":{"source_type":"ad","ctwa_clid":"c1","welcome_message":{"text":"w"}}"#
    let message = try #require(try workshop.take(Bodies.messages(Bodies.message("wamid.1", content))).received.first)
    #expect(message.context == ReplyContext(providerId: ProviderMessageId("wamid.0"), forwarded: true))
    #expect(message.referral == Referral(sourceType: "ad", clickId: "c1", welcomeText: "w"))
  }

  @Test func `an edit and a revoke name the message they change`() throws {
    var workshop = Workshop()
    let edit = #""type":"edit","edit":{"original_message_id":"wamid.0","message":{"type":"text","text":{"body":"new"}}}"#
    let revoke = #""type":"revoke","revoke":{"original_message_id":"wamid.0"}"#
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1", edit), Bodies.message("wamid.2", revoke)))
    guard case .messageEdited(let edited) = result.records[0], case .messageRevoked(let revoked) = result.records[1] else {
      Issue.record("other records: \(result.records.map(\.type))")
      return
    }
    #expect(edited.target == ProviderMessageId("wamid.0"))
    #expect(edited.content.text == "new")
    #expect(revoked.target == ProviderMessageId("wamid.0"))
  }

  @Test func `an echo is the business writing to the customer`() throws {
    var workshop = Workshop()
    let echo = #"{"id":"wamid.e","from":"15550009999","to":"491710000001","timestamp":"1795210000","type":"text","text":{"body":"hi"}}"#
    let result = try workshop.take(Bodies.field("smb_message_echoes", #"\#(Bodies.channel),"message_echoes":[\#(echo)]"#))
    let inbound = try workshop.take(Bodies.messages(Bodies.message("wamid.1")))
    #expect(result.received.first?.source.origin == .echo)
    #expect(result.received.first?.source.contact == inbound.received.first?.source.contact)
    #expect(result.counts.messages == ItemCounts(stored: 1))
  }

  @Test func `history has both directions and each message is an item`() throws {
    var workshop = Workshop()
    let thread = #"{"id":"491710000001","messages":[\#(Bodies.message("wamid.h1")),\#(Bodies.message("wamid.h2", from: "15550009999"))]}"#
    let chunks = #"[{"metadata":{"phase":0},"threads":[\#(thread)]},{"errors":[{"code":2593109,"title":"declined"}]}]"#
    let result = try workshop.take(Bodies.field("history", #"\#(Bodies.channel),"history":\#(chunks)"#))
    #expect(result.received.map(\.source.origin) == [.historyIn, .historyOut])
    #expect(Set(result.received.map(\.source.contact)).count == 1)
    #expect(result.counts.messages == ItemCounts(stored: 2))
    guard case .accountChanged(let refusal) = result.channelRecords.first else {
      Issue.record("the refusal was not kept")
      return
    }
    #expect(refusal.event == "2593109")
  }
}
