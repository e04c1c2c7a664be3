import EventLog
import Foundation
import Testing

@Suite struct SlotTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "slots-\(UUID().uuidString)").path

  @Test func `processes beside each other get slots of their own`() throws {
    let first = try Slot(group: "decide", folder: folder)
    let second = try Slot(group: "decide", folder: folder)
    #expect(first.number == 0)
    #expect(second.number == 1)
    #expect(first.memberId != second.memberId)
    #expect(first.poisonPath != second.poisonPath)
  }

  @Test func `who comes back takes the slot that is free, under the same name`() throws {
    var first: Slot? = try Slot(group: "decide", folder: folder)
    let name = try #require(first?.memberId)
    first = nil
    #expect(try Slot(group: "decide", folder: folder).memberId == name)
  }

  @Test func `groups and folders do not share names`() throws {
    let slot = try Slot(group: "decide", folder: folder)
    #expect(try Slot(group: "normalise", folder: folder).number == 0)
    #expect(try Slot(group: "decide", folder: folder + "-other").memberId != slot.memberId)
  }

  @Test func `a folder that is a file is refused by name`() throws {
    try Data().write(to: URL(fileURLWithPath: folder))
    let error = #expect(throws: LogError.self) { try Slot(group: "decide", folder: folder) }
    #expect(error?.description.contains(folder) == true)
  }
}
