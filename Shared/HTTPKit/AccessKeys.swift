import Crypto
import HTTPTypes
import Hummingbird

/// The keys that open the API. Only their hashes are held, and they are compared in constant time.
public struct AccessKeys: Sendable {
  private let hashes: [SHA256Digest]

  public init(_ tokens: [String]) { hashes = tokens.map { SHA256.hash(data: Array($0.utf8)) } }

  /// - Throws: 401 when the request carries no valid key.
  func check(_ request: Request) throws {
    guard let header = request.headers[.authorization] else { throw Problem.unauthorized }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Problem.unauthorized }
    let given = SHA256.hash(data: Array(parts[1].utf8))
    // Digests compare in constant time, and all of them are compared.
    guard hashes.reduce(false, { $0 || ($1 == given) }) else { throw Problem.unauthorized }
  }
}
