/// Kafka's `range` assignment over partition numbers: the members in the order of their ids get contiguous ranges, the first ones one
/// more where the division leaves a rest.
enum RangeAssignment {
  static func assign(_ partitions: Int32, to members: [String]) -> [String: Set<Int32>] {
    guard !members.isEmpty else { return [:] }
    let share = partitions / Int32(members.count)
    let rest = partitions % Int32(members.count)
    var assignment: [String: Set<Int32>] = [:]
    var first: Int32 = 0
    for (index, member) in members.sorted().enumerated() {
      let count = share + (Int32(index) < rest ? 1 : 0)
      assignment[member] = Set(first..<(first + count))
      first += count
    }
    return assignment
  }
}
