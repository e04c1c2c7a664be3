import Events

/// What earlier bodies have left: read-only here, so that normalising is a function of its input.
public protocol IngestMemory {
  /// The contact that an alias means.
  func contact(of alias: AliasKey) throws -> ContactId?

  /// What is known of an item, if it has been stored before.
  func item(_ key: ItemKey) throws -> KnownItem?
}

/// An item that has been stored.
public struct KnownItem: Hashable, Sendable {
  /// Whose it was; `nil` for changes that are about no customer.
  public let contact: ContactId?

  public init(contact: ContactId?) { self.contact = contact }
}
