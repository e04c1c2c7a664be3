public struct ContactCreated: Codable, Hashable, Sendable {
  public let contact: ContactId
  public let person: Person

  public init(contact: ContactId, person: Person) {
    self.contact = contact
    self.person = person
  }
}

/// Fields that are new or different; the others stay.
public struct ContactUpdated: Codable, Hashable, Sendable {
  public let contact: ContactId
  public let person: Person

  public init(contact: ContactId, person: Person) {
    self.contact = contact
    self.person = person
  }
}
