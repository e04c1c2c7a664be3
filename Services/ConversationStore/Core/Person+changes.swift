import Events

extension Person {
  /// The fields of `news` that are new or different; `nil` where there are none.
  func changes(in news: Person) -> Person? {
    let changed = Person(
      phone: differing(phone, news.phone), userId: differing(userId, news.userId),
      parentUserId: differing(parentUserId, news.parentUserId), name: differing(name, news.name),
      username: differing(username, news.username))
    return changed == Person() ? nil : changed
  }

  /// With the fields of `news` where it has them.
  public func updated(with news: Person) -> Person {
    Person(
      phone: news.phone ?? phone, userId: news.userId ?? userId, parentUserId: news.parentUserId ?? parentUserId,
      name: news.name ?? name, username: news.username ?? username)
  }
}

private func differing(_ old: Personal<String>?, _ new: Personal<String>?) -> Personal<String>? { new == old ? nil : new }

extension InboundRecord {
  /// What it tells about the customer: who sent it, and what a notice of the provider says they are called from now on.
  var person: Person {
    guard case .messageReceived(let received) = self, case .system(let change) = received.content else { return source.person }
    return source.person.updated(
      with: Person(phone: change.newPhone, userId: change.newUserId, parentUserId: change.newParentUserId))
  }

  /// History tells how things were: it fills gaps and changes nothing.
  var tellsPresent: Bool { source.origin == .customer || source.origin == .echo }
}
