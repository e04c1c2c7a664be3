extension JSONSource {
  /// Up to here searching member by member is faster than hashing. Beyond, a dictionary that is read key by key would take quadratic time.
  private static var maxSearchedMembers: Int { 48 }

  /// The index of the value of the first member named `key` in the object at `index`.
  func member(_ key: String, of index: Int) -> Int? {
    var key = key
    return key.withUTF8 { key in
      guard tape.count(index) > Self.maxSearchedMembers else { return tape.member(key, of: index) }
      return memberTable(of: index)[JSONTapeKey(bytes: key)]
    }
  }

  private func memberTable(of index: Int) -> [JSONTapeKey: Int] {
    if let table = memberTables[index] { return table }
    var table: [JSONTapeKey: Int] = [:]
    table.reserveCapacity(tape.count(index))
    let close = tape.close(index)
    var at = index + 1
    while at < close {
      let key = JSONTapeKey(bytes: tape.stringBytes(at))
      if table[key] == nil { table[key] = at + 1 }
      at = tape.next(at + 1)
    }
    memberTables[index] = table
    return table
  }
}
