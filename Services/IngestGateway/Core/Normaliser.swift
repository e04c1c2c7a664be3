import Events
import JSON

/// Turns webhook bodies of the WhatsApp Cloud API into our records.
///
/// Every message, every status and every other change of a body is an item with exactly one fate: stored, duplicate or dead-lettered with
/// a reason. Content never makes it throw. The same body at the same position gives the same records.
public struct Normaliser: Sendable {
  /// Honest bodies nest about ten levels deep.
  public static let maxDepth = 64
  /// The largest item that becomes a record: what is kept of it grows to twice its size at most (JSON inside of JSON), and a record has
  /// 1 MB.
  public static let maxItemBytes = 400 << 10
  static let service = "ingest-gateway"

  private let workspace: WorkspaceId
  private let keys: IdentityKeys

  /// - Parameter secret: the workspace's; contact ids and alias keys depend on it, so it must never change.
  public init(workspace: WorkspaceId, secret: [UInt8]) {
    self.workspace = workspace
    keys = IdentityKeys(secret: secret)
  }

  /// - Throws: only what `memory` throws.
  public func normalise(_ body: RawBody, memory: some IngestMemory) throws -> Normalised {
    var work = BodyWork(body: body, workspace: workspace, keys: keys, memory: memory)
    do {
      try work.take(JSONDocument(parsing: body.bytes, maxDepth: Self.maxDepth).root)
    } catch let error as JSONError {
      work.deadLetter(.changes, ItemFault(.notJSON, error.reason), item: body.bytes)
    }
    return work.finish()
  }

  /// What is written when the step itself had to give a body up: it counts as one change, so that promise 5 holds.
  public func giveUp(_ body: RawBody, reason: String, detail: String) -> Normalised {
    var work = BodyWork(body: body, workspace: workspace, keys: keys, memory: NoMemory())
    work.deadLetter(.changes, reason: reason, detail: detail, path: nil, item: body.bytes)
    return work.finish()
  }
}

private struct NoMemory: IngestMemory {
  func contact(of alias: AliasKey) -> ContactId? { nil }
  func item(_ key: ItemKey) -> KnownItem? { nil }
}
