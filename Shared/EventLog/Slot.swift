import Foundation

/// A place of a process in a step group, held by a file lock for the life of the process.
///
/// The data folder names itself by a UUID that is written once, so `group/folder/slot` is the same after a restart: whoever claims a slot
/// again fences a stalled predecessor instead of standing beside it.
public final class Slot: Sendable {
  /// More processes than this never share one data folder.
  public static let maxSlotsPerGroup = 64

  public let group: String
  public let number: Int
  public let memberId: String
  /// Where the step counts the deaths of its process (``PoisonFile``).
  public let poisonPath: String
  private let lock: FileLock

  /// Claims the first free slot of the group.
  ///
  /// - Throws: ``LogError/unusable(_:)`` when the folder cannot be written or all slots are taken.
  public init(group: String, folder: String) throws {
    let slots = folder + "/slots"
    do {
      try FileManager.default.createDirectory(atPath: slots, withIntermediateDirectories: true)
    } catch {
      throw LogError.unusable("the data folder \(folder) cannot be written: \(error.localizedDescription)")
    }
    let folderId = try Self.folderId(folder)
    for number in 0..<Self.maxSlotsPerGroup {
      guard let lock = try FileLock(path: "\(slots)/\(group).\(number).lock") else { continue }
      self.group = group
      self.number = number
      self.memberId = "\(group)/\(folderId)/\(number)"
      self.poisonPath = "\(slots)/\(group).\(number).progress"
      self.lock = lock
      return
    }
    throw LogError.unusable("all \(Self.maxSlotsPerGroup) slots of \(group) in \(folder) are taken")
  }

  private static func folderId(_ folder: String) throws -> String {
    guard let lock = try FileLock(path: folder + "/folder-id.lock", waits: true) else {
      throw LogError.unusable("the folder \(folder) is locked")
    }
    defer { withExtendedLifetime(lock) {} }
    let path = folder + "/folder-id"
    if let text = try? String(contentsOfFile: path, encoding: .utf8), UUID(uuidString: text) != nil { return text }
    let made = UUID().uuidString.lowercased()
    do {
      try made.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw LogError.unusable("the data folder \(folder) cannot be written: \(error.localizedDescription)")
    }
    return made
  }
}

/// An exclusive lock on a file (`flock`), which the kernel lets go when the process ends, however it ends.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// `nil` when somebody else holds it.
  public init?(path: String, waits: Bool = false) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw LogError.unusable("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
    guard flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) == 0 else {
      let code = errno
      Foundation.close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw LogError.unusable("\(path) cannot be locked: \(String(cString: strerror(code)))")
    }
    self.descriptor = descriptor
  }

  deinit {
    // Closing alone would leave the lock to a child that has been forked and has not yet come to its exec.
    flock(descriptor, LOCK_UN)
    Foundation.close(descriptor)
  }
}
