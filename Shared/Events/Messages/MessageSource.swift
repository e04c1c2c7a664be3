/// Where a message, an edit, a revoke or a reaction comes from.
public struct MessageSource: Codable, Hashable, Sendable {
  /// Who wrote it, and whether it happens now.
  public enum Origin: String, Codable, Sendable, CaseIterable {
    /// The customer wrote to the business.
    case customer
    /// The business wrote from another device or system (`smb_message_echoes`): outbound, does not open the window.
    case echo
    /// Imported history, in: opens no window, notifies nobody, counts as no load.
    case historyIn
    /// Imported history, out.
    case historyOut
  }

  public let providerId: ProviderMessageId
  public let contact: ContactId
  public let channel: ChannelReference
  public let origin: Origin
  /// The provider's time of the message (contract, section 7: windows count from it, not from receipt).
  public let sentAt: Timestamp
  public let person: Person
  public let groupId: String?
  /// Other contacts that names of this item mean: nothing is merged by itself, a person must look (trap 7).
  public let conflicts: [ContactId]?

  public init(
    providerId: ProviderMessageId, contact: ContactId, channel: ChannelReference, origin: Origin, sentAt: Timestamp, person: Person,
    groupId: String? = nil, conflicts: [ContactId]? = nil
  ) {
    self.providerId = providerId
    self.contact = contact
    self.channel = channel
    self.origin = origin
    self.sentAt = sentAt
    self.person = person
    self.groupId = groupId
    self.conflicts = conflicts
  }
}

/// A business number.
public struct ChannelReference: Codable, Hashable, Sendable {
  public let id: ChannelId
  /// As the provider shows it; not personal, it is the company's.
  public let displayNumber: String?
  public let businessAccount: BusinessAccountId?

  public init(id: ChannelId, displayNumber: String? = nil, businessAccount: BusinessAccountId? = nil) {
    self.id = id
    self.displayNumber = displayNumber
    self.businessAccount = businessAccount
  }
}

/// What the provider told about the customer with this item; absent is unknown, not removed.
public struct Person: Codable, Hashable, Sendable {
  /// Digits of E.164 without `+`, normalised.
  public let phone: Personal<String>?
  /// Business-scoped user id (contract, section 12).
  public let userId: Personal<String>?
  public let parentUserId: Personal<String>?
  public let name: Personal<String>?
  public let username: Personal<String>?

  public init(
    phone: Personal<String>? = nil, userId: Personal<String>? = nil, parentUserId: Personal<String>? = nil, name: Personal<String>? = nil,
    username: Personal<String>? = nil
  ) {
    self.phone = phone
    self.userId = userId
    self.parentUserId = parentUserId
    self.name = name
    self.username = username
  }
}

/// An error as the provider reports it (contract, section 5).
public struct ProviderError: Codable, Hashable, Sendable {
  public let code: Int
  public let title: String?
  /// `message` or `error_data.details`, the longer explanation.
  public let details: String?

  public init(code: Int, title: String? = nil, details: String? = nil) {
    self.code = code
    self.title = title
    self.details = details
  }
}
