import Crypto
import EventLog
import Foundation

/// The secrets of a data folder: made at the first start where the settings do not give them, and kept in files that only the owner reads.
public struct Secrets: Sendable {
  /// Ids of contacts and page tokens are derived with it. Whoever loses it gives every contact a new id.
  public let workspace: [UInt8]
  public let adminToken: String
  /// Whether the admin token was made just now, and so must be shown once.
  public let adminTokenIsNew: Bool

  public init(settings: Settings) throws {
    if let given = settings.workspaceSecret {
      workspace = Array(given.utf8)
    } else {
      workspace = Array(try Self.keep("workspace-secret", in: settings.dataFolder).text.utf8)
    }
    if let given = settings.adminToken {
      adminToken = given
      adminTokenIsNew = false
    } else {
      (adminToken, adminTokenIsNew) = try Self.keep("admin-token", in: settings.dataFolder)
    }
  }

  private static func keep(_ name: String, in folder: String) throws -> (text: String, isNew: Bool) {
    let path = "\(folder)/secrets/\(name)"
    if let text = try? String(contentsOfFile: path, encoding: .utf8), text.count >= Settings.minSecretCharacters { return (text, false) }
    let made = SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
      bytes.map { String(format: "%02x", $0) }.joined()
    }
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/secrets", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      guard FileManager.default.createFile(atPath: path, contents: Data(made.utf8), attributes: [.posixPermissions: 0o600]) else {
        throw LogError.unusable("the data folder \(folder) cannot be written")
      }
    } catch let error as LogError {
      throw error
    } catch {
      throw LogError.unusable("the data folder \(folder) cannot be written: \(error.localizedDescription)")
    }
    return (made, true)
  }
}
