/// An invented person, always the same for an index, so that runs with different seeds meet the same people in a store.
/// Who has only a user id has taken a username (contract, section 12).
struct Customer: Sendable {
  let index: Int
  let name: String
  let username: String?
  let phone: String?
  let userID: String?
  let language: Language
  let home: Int

  /// - Parameter move: a serial number of the move to another phone number; the user id changes with it.
  init(index: Int, move: Int? = nil) {
    var random = SeededRandom(seed: SeededRandom.mix(UInt64(index) &+ 1))
    self.index = index
    language = random.pick(Language.all)
    name = random.pick(language.givenNames) + " " + random.pick(language.familyNames)
    home = random.below(BusinessNumber.all.count)
    let identity = random.below(100)
    phone = identity < 85 ? move.map(Self.movedPhone) ?? Self.phone(index) : nil
    username = identity < 85 ? nil : "visitor.\(index)"
    let digits = SeededRandom.mix(UInt64(index) &* 1_000_003 &+ UInt64(move.map { $0 + 1 } ?? 0) &* 7_919)
    userID = identity < 25 ? nil : "\(language.country).9\(digits)"
  }

  /// What stands for the person in message ids.
  var digits: String { phone ?? "999\(100_000_000 + index)" }

  /// The `contacts` member of a value.
  var contact: JSON {
    .object(compacting: [
      ("profile", .object(compacting: [("name", .string(name)), ("username", username.map(JSON.string))])),
      ("wa_id", phone.map(JSON.string)), ("user_id", userID.map(JSON.string)),
    ])
  }

  /// How many customers and how many moves have a number of their own.
  static let maxCount = areas * 4_900
  static let maxMoves = areas * 5_000
  private static let areas = 789

  /// North American numbers of the block 555-01xx, kept free for fiction: 78,900 of them, then the next block of a hundred.
  private static func phone(_ index: Int) -> String {
    let line = 100 * (1 + index / (areas * 100)) + index % 100
    return "1\(201 + (index / 100) % areas)555" + String(repeating: "0", count: max(0, 4 - String(line).count)) + "\(line)"
  }

  private static func movedPhone(_ move: Int) -> String {
    "1\(201 + (move / 5_000) % areas)555\(5_000 + move % 5_000)"
  }
}
