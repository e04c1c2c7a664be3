/// A number of the business, with the account (WABA) that holds it.
struct BusinessNumber: Sendable {
  let account: String
  let id: String
  let display: String

  /// Two accounts, three numbers; 555-01xx is kept free for fiction.
  static let all = [
    BusinessNumber(account: "990000000000001", id: "880000000000011", display: "15550100001"),
    BusinessNumber(account: "990000000000001", id: "880000000000012", display: "15550100002"),
    BusinessNumber(account: "990000000000002", id: "880000000000021", display: "15550100003"),
  ]

  var metadata: JSON { ["display_phone_number": .string(display), "phone_number_id": .string(id)] }
}
