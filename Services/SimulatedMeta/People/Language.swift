/// How people of one language are called and what they write to a shop.
struct Language: Sendable {
  let code: String
  let country: String
  let givenNames: [String]
  let familyNames: [String]
  let openings: [String]
  let followUps: [String]
  let thanks: [String]
  let answers: [String]

  static let all: [Language] = [
    english, german, spanish, french, portuguese, czech, turkish, russian, arabic, hebrew, chinese, hindi,
  ]
}
