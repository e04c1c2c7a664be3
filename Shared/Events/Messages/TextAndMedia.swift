public struct TextContent: Codable, Hashable, Sendable {
  public let body: Personal<String>

  public init(body: Personal<String>) {
    self.body = body
  }
}

/// A file, still at the provider: ids from webhooks are good for 7 days (contract, section 9).
public struct MediaContent: Codable, Hashable, Sendable {
  public let mediaId: String
  public let mimeType: String?
  /// As the provider gives it, base64.
  public let sha256: String?
  public let caption: Personal<String>?
  /// As it came: never a path to write to.
  public let fileName: Personal<String>?
  public let animated: Bool?

  public init(
    mediaId: String, mimeType: String? = nil, sha256: String? = nil, caption: Personal<String>? = nil, fileName: Personal<String>? = nil,
    animated: Bool? = nil
  ) {
    self.mediaId = mediaId
    self.mimeType = mimeType
    self.sha256 = sha256
    self.caption = caption
    self.fileName = fileName
    self.animated = animated
  }
}

public struct LocationContent: Codable, Hashable, Sendable {
  public let latitude: Personal<Double>
  public let longitude: Personal<Double>
  public let name: Personal<String>?
  public let address: Personal<String>?
  public let url: Personal<String>?

  public init(
    latitude: Personal<Double>, longitude: Personal<Double>, name: Personal<String>? = nil, address: Personal<String>? = nil,
    url: Personal<String>? = nil
  ) {
    self.latitude = latitude
    self.longitude = longitude
    self.name = name
    self.address = address
    self.url = url
  }
}

/// Address book cards.
public struct ContactCards: Codable, Hashable, Sendable {
  public let cards: [ContactCard]

  public init(cards: [ContactCard]) {
    self.cards = cards
  }
}

public struct ContactCard: Codable, Hashable, Sendable {
  public let name: Personal<String>?
  public let phones: [Phone]
  public let emails: [Personal<String>]
  public let organisation: Personal<String>?
  /// `contact_request`: the customer's own, on our request, so it can be trusted; `other`: any card (contract, section 12).
  public let origin: String?

  public struct Phone: Codable, Hashable, Sendable {
    public let number: Personal<String>
    /// The digits under which WhatsApp knows it.
    public let whatsAppId: Personal<String>?

    public init(number: Personal<String>, whatsAppId: Personal<String>? = nil) {
      self.number = number
      self.whatsAppId = whatsAppId
    }
  }

  public init(
    name: Personal<String>? = nil, phones: [Phone], emails: [Personal<String>], organisation: Personal<String>? = nil,
    origin: String? = nil
  ) {
    self.name = name
    self.phones = phones
    self.emails = emails
    self.organisation = organisation
    self.origin = origin
  }
}
