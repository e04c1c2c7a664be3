import Events

extension BodyWork {
  /// The contact of a customer. Names that nobody had yet are given to it; a name that means another contact stays with that one and is
  /// reported as a conflict, since nothing is merged by itself.
  ///
  /// - Returns: `nil` for a customer without any name.
  mutating func resolve(_ customer: Customer, preferring preferred: ContactId? = nil, at: Timestamp) throws -> (ContactId, [ContactId])? {
    var known: [(key: AliasKey, alias: Alias, contact: ContactId?)] = []
    for alias in customer.aliases {
      let key = keys.key(of: alias)
      known.append((key, alias, try newAliases[key] ?? memory.contact(of: key)))
    }
    // The parent id spans business portfolios, so it decides only where no other name does.
    let match = known.first { $0.contact != nil && $0.alias.kind != .parentUserId } ?? known.first { $0.contact != nil }
    guard let contact = preferred ?? match?.contact ?? customer.origin.map(keys.contact(from:)) else { return nil }

    var conflicts: [ContactId] = []
    for (key, alias, other) in known {
      if let other {
        if other != contact, !conflicts.contains(other) { conflicts.append(other) }
      } else {
        assign(key, alias.kind, to: contact, at: at)
      }
    }
    return (contact, conflicts)
  }

  private mutating func assign(_ key: AliasKey, _ kind: AliasKind, to contact: ContactId, at: Timestamp) {
    newAliases[key] = contact
    let record = AliasRecord.assigned(AliasAssigned(kind: kind, contact: contact, since: at))
    let id = RecordId(DerivedId.uuid("alias", key.hex, contact.text))
    aliases.append(KeyedRecord(key: key.hex, envelope: envelope(id, at, .system(Normaliser.service), record), item: nil))
  }
}
