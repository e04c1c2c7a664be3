/// What every record but a raw webhook body carries around its payload.
public struct Envelope<Body: RecordBody>: Sendable {
  /// Derived from the cause where a replay could make the record again; so the same record has the same id.
  public let id: RecordId
  /// Business time: the provider's or the commanding person's, never the clock of the process that wrote it.
  public let occurredAt: Timestamp
  public let workspace: WorkspaceId
  /// Names all that follows from one cause at the edge: a webhook body, an HTTP request.
  public let correlationId: String
  /// The record that caused this one.
  public let causationId: String?
  public let actor: Actor
  public let body: Body

  public init(
    id: RecordId, occurredAt: Timestamp, workspace: WorkspaceId, correlationId: String, causationId: String? = nil, actor: Actor,
    body: Body
  ) {
    self.id = id
    self.occurredAt = occurredAt
    self.workspace = workspace
    self.correlationId = correlationId
    self.causationId = causationId
    self.actor = actor
    self.body = body
  }
}

/// Who did it.
public struct Actor: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable { case customer, provider, agent, apiKey, system }

  public let kind: Kind
  /// The agent's or key's id, or the name of the service.
  public let id: String?

  public init(_ kind: Kind, id: String? = nil) {
    self.kind = kind
    self.id = id
  }

  public static let customer = Actor(.customer)
  public static let provider = Actor(.provider)
  public static func system(_ service: String) -> Actor { Actor(.system, id: service) }
}

/// The payloads of one topic, as an enum with a case for each type.
public protocol RecordBody: Sendable {
  /// Every type of the topic with every version that can still stand in a log. Adding a type is a case and a line here.
  static var types: [PayloadType<Self>] { get }
  /// The type's name and the newest version, which is the one written.
  var type: TypeName { get }
  var payload: any Encodable & Sendable { get }
}

/// `message.received`, version 1.
public struct TypeName: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let version: Int

  public init(_ name: String, _ version: Int = 1) {
    self.name = name
    self.version = version
  }

  public var description: String { "\(name)/\(version)" }
}

/// How a payload of one type and version is read. An older version is read into its old shape and upcast here, at the edge.
public struct PayloadType<Body: RecordBody>: Sendable {
  public let type: TypeName
  let read: @Sendable (any Decoder) throws -> Body

  /// - Parameter body: makes the body of today from the payload of that version.
  public init<Payload: Decodable & SendableMetatype>(_ name: String, version: Int = 1, _ body: @escaping @Sendable (Payload) -> Body) {
    type = TypeName(name, version)
    read = { body(try Payload(from: $0)) }
  }
}

extension Envelope: Codable {
  enum Key: String, CodingKey { case id, type, version, occurredAt, workspace, correlationId, causationId, actor, payload }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let type = TypeName(try container.decode(String.self, forKey: .type), try container.decode(Int.self, forKey: .version))
    guard let known = Body.types.first(where: { $0.type == type }) else { throw UnknownType(type: type) }
    id = try container.decode(RecordId.self, forKey: .id)
    occurredAt = try container.decode(Timestamp.self, forKey: .occurredAt)
    workspace = try container.decode(WorkspaceId.self, forKey: .workspace)
    correlationId = try container.decode(String.self, forKey: .correlationId)
    causationId = try container.decodeIfPresent(String.self, forKey: .causationId)
    actor = try container.decode(Actor.self, forKey: .actor)
    body = try known.read(container.superDecoder(forKey: .payload))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(body.type.name, forKey: .type)
    try container.encode(body.type.version, forKey: .version)
    try container.encode(occurredAt, forKey: .occurredAt)
    try container.encode(workspace, forKey: .workspace)
    try container.encode(correlationId, forKey: .correlationId)
    try container.encodeIfPresent(causationId, forKey: .causationId)
    try container.encode(actor, forKey: .actor)
    try container.encode(body.payload, forKey: .payload)
  }
}

/// A record of a type or version that this build does not know: it is counted and skipped.
public struct UnknownType: Error, Hashable {
  public let type: TypeName
}
