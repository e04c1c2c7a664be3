import Events
import IngestGatewayCore
import Testing

@Suite struct IdentityTests {
  static let userId = "DE.13491208655302741918"
  static let phones: [(written: String, known: String?)] = [
    ("491710000001", "491710000001"), ("+49 171 0000001", "491710000001"),
    ("551187654321", "5511987654321"), ("5511987654321", "5511987654321"), ("551133334444", "551133334444"),
    ("5215512345678", "525512345678"), ("525512345678", "525512345678"),
    ("5491123456789", "541123456789"), ("541123456789", "541123456789"),
    ("DE.1349", nil), ("", nil), ("1234", nil), ("123456789012345678901", nil),
  ]

  @Test(arguments: phones) func `a phone number has one form`(written: String, known: String?) {
    #expect(PhoneNumber.normalise(written) == known)
  }

  @Test("trap 7: user id only, then both, then phone only are one person") func joinsNames() throws {
    var workshop = Workshop()
    let bodies = [
      Bodies.messages(Bodies.message("wamid.1", from: nil, userId: Self.userId), contacts: Bodies.contact(nil, userId: Self.userId)),
      Bodies.messages(Bodies.message("wamid.2", userId: Self.userId), contacts: Bodies.contact("491710000001", userId: Self.userId)),
      Bodies.messages(Bodies.message("wamid.3")),
    ]
    let results = try bodies.map { try workshop.take($0) }
    #expect(Set(results.flatMap(\.messages).map(\.key)).count == 1)
    #expect(results.map(\.aliases.count) == [1, 1, 0])
    #expect(results.flatMap(\.received).allSatisfy { $0.source.conflicts == nil })
  }

  @Test("trap 7: names of two contacts in one message merge nothing and are reported") func conflict() throws {
    var workshop = Workshop()
    let phone = try workshop.take(Bodies.messages(Bodies.message("wamid.1")))
    let user = try workshop.take(Bodies.messages(Bodies.message("wamid.2", from: nil, userId: Self.userId)))
    let both = try workshop.take(Bodies.messages(Bodies.message("wamid.3", userId: Self.userId)))
    let again = try workshop.take(Bodies.messages(Bodies.message("wamid.4", from: nil, userId: Self.userId)))
    #expect(both.received.first?.source.contact == phone.received.first?.source.contact)
    #expect(both.received.first?.source.conflicts == user.received.map(\.source.contact))
    #expect(again.messages.first?.key == user.messages.first?.key)
  }

  @Test("trap 8: from holds a user id, and wa_id differs from from") func oddAddresses() throws {
    var workshop = Workshop()
    let asFrom = try workshop.take(Bodies.messages(Bodies.message("wamid.1", from: Self.userId)))
    let asUser = try workshop.take(Bodies.messages(Bodies.message("wamid.2", from: nil, userId: Self.userId)))
    #expect(asFrom.messages.first?.key == asUser.messages.first?.key)
    #expect(asFrom.received.first?.source.person.phone == nil)

    let other = try workshop.take(
      Bodies.messages(Bodies.message("wamid.3", from: "491710000003"), contacts: Bodies.contact("491710000004")))
    let known = try workshop.take(Bodies.messages(Bodies.message("wamid.4", from: "491710000004")))
    #expect(other.received.first?.source.person.phone.clear() == "491710000003")
    #expect(other.messages.first?.key == known.messages.first?.key)
  }

  @Test func `the entry of another sender is not taken for the sender's own`() throws {
    var workshop = Workshop()
    let result = try workshop.take(
      Bodies.messages(
        Bodies.message("wamid.1", from: "491710000001"), Bodies.message("wamid.2", from: "491710000002"),
        contacts: Bodies.contact("491710000001", userId: Self.userId)))
    #expect(Set(result.messages.map(\.key)).count == 2)
    #expect(result.received.map { $0.source.person.userId.clear() } == [Self.userId, nil])
  }

  @Test func `a new number and a new user id stay with the customer`() throws {
    var workshop = Workshop()
    let new = "DE.99999"
    let changed =
      #""type":"system","system":{"type":"user_changed_user_id","previous_user_id":"\#(Self.userId)","user_id":"\#(new)"}"#
    let keys = try [
      Bodies.messages(Bodies.message("wamid.1", userId: Self.userId)),
      Bodies.messages(Bodies.numberChanged("wamid.2", from: "491710000001", to: "491710000002")),
      Bodies.messages(Bodies.message("wamid.3", from: "491710000002")),
      Bodies.messages(Bodies.message("wamid.4", from: nil, changed)),
      Bodies.messages(Bodies.message("wamid.5", from: nil, userId: new)),
    ].flatMap { try workshop.take($0).messages.map(\.key) }
    #expect(keys.count == 5)
    #expect(Set(keys).count == 1)
  }

  @Test func `the parent id decides only where no other name does`() throws {
    var workshop = Workshop()
    let parent = "DE.ENT.77"
    let first = try workshop.take(
      Bodies.messages(
        Bodies.message("wamid.1", from: nil, userId: Self.userId), contacts: Bodies.contact(nil, userId: Self.userId, parent: parent)))
    let sibling = try workshop.take(
      Bodies.messages(
        Bodies.message("wamid.2", from: nil, userId: "DE.55"), contacts: Bodies.contact(nil, userId: "DE.55", parent: parent)))
    let known = try workshop.take(Bodies.messages(Bodies.message("wamid.3")))
    let conflict = try workshop.take(
      Bodies.messages(Bodies.message("wamid.4"), contacts: Bodies.contact("491710000001", parent: parent)))
    #expect(sibling.messages.first?.key == first.messages.first?.key)
    #expect(conflict.messages.first?.key == known.messages.first?.key)
  }

  @Test func `records of aliases hold no phone number`() throws {
    var workshop = Workshop()
    let result = try workshop.take(Bodies.messages(Bodies.message("wamid.1")))
    let alias = try #require(result.aliases.first)
    let text = String(decoding: try RecordCoding.encode(alias.envelope), as: UTF8.self)
    #expect(!text.contains("491710000001"))
    #expect(alias.key.count == 32)
    #expect(!(result.messages.first?.key.contains("491710000001") ?? true))
  }
}
