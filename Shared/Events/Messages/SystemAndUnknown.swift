/// A notice of the provider about the customer: the number or the user id has changed, or the identity.
public struct SystemChange: Codable, Hashable, Sendable {
  /// The provider's type: `user_changed_number`, `user_changed_user_id`, `customer_identity_changed` …
  public let change: String
  public let body: Personal<String>?
  public let newPhone: Personal<String>?
  public let newUserId: Personal<String>?
  public let newParentUserId: Personal<String>?
  public let previousUserId: Personal<String>?
  public let previousParentUserId: Personal<String>?

  public init(
    change: String, body: Personal<String>? = nil, newPhone: Personal<String>? = nil, newUserId: Personal<String>? = nil,
    newParentUserId: Personal<String>? = nil, previousUserId: Personal<String>? = nil, previousParentUserId: Personal<String>? = nil
  ) {
    self.change = change
    self.body = body
    self.newPhone = newPhone
    self.newUserId = newUserId
    self.newParentUserId = newParentUserId
    self.previousUserId = previousUserId
    self.previousParentUserId = previousParentUserId
  }
}

public struct UnsupportedContent: Codable, Hashable, Sendable {
  /// What it was, where the provider says so: `edit`, `poll_creation` …
  public let type: String?
  public let errors: [ProviderError]

  public init(type: String? = nil, errors: [ProviderError]) {
    self.type = type
    self.errors = errors
  }
}

public struct UnknownContent: Codable, Hashable, Sendable {
  public let type: String
  /// The item as it came.
  public let json: Personal<String>

  public init(type: String, json: Personal<String>) {
    self.type = type
    self.json = json
  }
}

/// The message that this one answers, or how it was forwarded.
public struct ReplyContext: Codable, Hashable, Sendable {
  public let providerId: ProviderMessageId?
  public let forwarded: Bool?
  public let frequentlyForwarded: Bool?
  public let catalogId: String?
  public let productId: String?

  public init(
    providerId: ProviderMessageId? = nil, forwarded: Bool? = nil, frequentlyForwarded: Bool? = nil, catalogId: String? = nil,
    productId: String? = nil
  ) {
    self.providerId = providerId
    self.forwarded = forwarded
    self.frequentlyForwarded = frequentlyForwarded
    self.catalogId = catalogId
    self.productId = productId
  }
}

/// The advertisement or post through which the customer came.
public struct Referral: Codable, Hashable, Sendable {
  public let sourceType: String?
  public let sourceId: String?
  public let sourceUrl: String?
  public let headline: String?
  public let body: String?
  public let mediaType: String?
  /// `ctwa_clid`
  public let clickId: String?
  public let welcomeText: String?

  public init(
    sourceType: String? = nil, sourceId: String? = nil, sourceUrl: String? = nil, headline: String? = nil, body: String? = nil,
    mediaType: String? = nil, clickId: String? = nil, welcomeText: String? = nil
  ) {
    self.sourceType = sourceType
    self.sourceId = sourceId
    self.sourceUrl = sourceUrl
    self.headline = headline
    self.body = body
    self.mediaType = mediaType
    self.clickId = clickId
    self.welcomeText = welcomeText
  }
}
