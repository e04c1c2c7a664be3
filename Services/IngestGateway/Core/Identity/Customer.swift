import Events
import JSON

/// What one item says about who the customer is.
struct Customer {
  /// In the order in which they decide: what the provider addresses by, then what it tells besides, the parent id last.
  private(set) var aliases: [Alias] = []
  private(set) var name: String?
  private(set) var username: String?

  /// - Parameters:
  ///   - address: `from`, `to`, `recipient_id` or the id of a thread.
  ///   - profile: the entry of `contacts` that belongs to the item.
  init(address: String?, userId: String?, parentUserId: String?, profile: Profile?) {
    add(address.flatMap(Alias.init(address:)))
    add(.userId(userId ?? profile?.userId))
    add(.phone(profile?.phone))
    add(.parentUserId(parentUserId ?? profile?.parentUserId))
    name = profile?.name
    username = profile?.username
  }

  mutating func add(_ alias: Alias?) {
    if let alias, !aliases.contains(alias) { aliases.append(alias) }
  }

  /// What a new contact's id is derived from: the phone if it is known.
  var origin: Alias? { aliases.first { $0.kind == .phone } ?? aliases.first }

  var person: Person {
    func first(_ kind: AliasKind) -> Personal<String>? { aliases.first { $0.kind == kind }.map { Personal($0.value) } }
    return Person(
      phone: first(.phone), userId: first(.userId), parentUserId: first(.parentUserId), name: name.map(Personal.init),
      username: username.map(Personal.init))
  }
}

/// One entry of `contacts`.
struct Profile {
  /// Normalised.
  let phone: String?
  let userId: String?
  let parentUserId: String?
  let name: String?
  let username: String?

  init(_ entry: JSONValue) {
    phone = entry.short("wa_id").flatMap(PhoneNumber.normalise)
    userId = entry.short("user_id")
    parentUserId = entry.short("parent_user_id")
    let profile = entry["profile"]
    name = profile?.short("name")
    username = profile?.short("username")
  }
}

/// The entries of `contacts` of one value; missing or broken ones are tolerated, messages are understood without.
struct Profiles {
  private var entries: [Profile] = []
  private var byPhone: [String: Int] = [:]
  private var byUserId: [String: Int] = [:]
  /// A lone entry belongs to a lone item even where its `wa_id` differs from `from` (contract, section 2).
  private let isAboutOneItem: Bool

  init(_ value: JSONValue) {
    let items = ["messages", "statuses", "message_echoes"].reduce(0) { $0 + (value[$1]?.count ?? 0) }
    isAboutOneItem = items == 1
    guard let contacts = value["contacts"] else { return }
    for entry in contacts.elements where entry.kind == .object {
      let profile = Profile(entry)
      if let phone = profile.phone { byPhone[phone] = entries.count }
      if let userId = profile.userId { byUserId[userId] = entries.count }
      entries.append(profile)
    }
  }

  func profile(address: String?, userId: String?) -> Profile? {
    if entries.isEmpty { return nil }
    let alias = address.flatMap(Alias.init(address:))
    if let userId = userId ?? (alias?.kind == .userId ? alias?.value : nil), let index = byUserId[userId] { return entries[index] }
    if alias?.kind == .phone, let phone = alias?.value, let index = byPhone[phone] { return entries[index] }
    return isAboutOneItem && entries.count == 1 ? entries[0] : nil
  }
}
