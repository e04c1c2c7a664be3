/// The choice of a button, a list row, or a template's quick reply.
public struct ReplyContent: Codable, Hashable, Sendable {
  /// The id of the button or row, or the payload of a template's button.
  public let id: String?
  public let title: Personal<String>?
  public let description: Personal<String>?

  public init(id: String? = nil, title: Personal<String>? = nil, description: Personal<String>? = nil) {
    self.id = id
    self.title = title
    self.description = description
  }
}

/// A flow that the customer has filled in.
public struct FlowReply: Codable, Hashable, Sendable {
  public let name: String?
  public let body: Personal<String>?
  /// `response_json` as it came; it may be no JSON at all (trap 10).
  public let response: Personal<String>?
  public let responseIsObject: Bool

  public init(name: String? = nil, body: Personal<String>? = nil, response: Personal<String>? = nil, responseIsObject: Bool) {
    self.name = name
    self.body = body
    self.response = response
    self.responseIsObject = responseIsObject
  }
}

public struct CallPermissionReply: Codable, Hashable, Sendable {
  public let response: String?
  public let source: String?
  public let expiresAt: Timestamp?

  public init(response: String? = nil, source: String? = nil, expiresAt: Timestamp? = nil) {
    self.response = response
    self.source = source
    self.expiresAt = expiresAt
  }
}

public struct OrderContent: Codable, Hashable, Sendable {
  public let catalogId: String?
  public let text: Personal<String>?
  public let items: [OrderItem]

  public init(catalogId: String? = nil, text: Personal<String>? = nil, items: [OrderItem]) {
    self.catalogId = catalogId
    self.text = text
    self.items = items
  }
}

public struct OrderItem: Codable, Hashable, Sendable {
  public let productId: String
  public let quantity: Int?
  public let price: Double?
  public let currency: String?

  public init(productId: String, quantity: Int? = nil, price: Double? = nil, currency: String? = nil) {
    self.productId = productId
    self.quantity = quantity
    self.price = price
    self.currency = currency
  }
}
