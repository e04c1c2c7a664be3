import EventLog
import Synchronization

/// What a member holds against the coordinator. A later one for the same member id makes it worthless.
struct Membership: Sendable, Hashable {
  let group: String
  let memberId: String
  let incarnation: Int
}

/// Deals the partition numbers of each group out to its members in this process.
///
/// A number never has two owners: after a rebalance its old owner keeps it until it polls, leaves, or has been silent for its session
/// time-out; only then the new one gets it.
final class GroupCoordinator: Sendable {
  private struct Member {
    let incarnation: Int
    let sessionTimeoutMilliseconds: Int
    var expires: Deadline
    var owned: Set<Int32> = []
    var target: Set<Int32> = []
  }

  private struct Group {
    let topics: Set<String>
    let partitions: Int32
    var members: [String: Member] = [:]

    mutating func rebalance() {
      let targets = RangeAssignment.assign(partitions, to: Array(members.keys))
      for (id, target) in targets { members[id]?.target = target }
    }
  }

  private struct State {
    var groups: [String: Group] = [:]
    var incarnations = 0
  }

  private let state = Mutex(State())
  private let readers: ReaderBoard

  init(_ readers: ReaderBoard) { self.readers = readers }

  /// Joins, and fences whoever had the same member id.
  ///
  /// - Throws: ``LogError/unusable(_:)`` when the group reads other topics.
  func join(_ settings: StepSettings, partitions: Int32) throws -> Membership {
    let membership = try state.withLock { state in
      var group = state.groups[settings.group] ?? Group(topics: Set(settings.topics), partitions: partitions)
      guard group.topics == Set(settings.topics) || group.members.isEmpty else {
        throw LogError.unusable("\(settings.group) reads \(group.topics.sorted()), not \(settings.topics.sorted())")
      }
      if group.members.isEmpty { group = Group(topics: Set(settings.topics), partitions: partitions) }
      state.incarnations += 1
      let timeout = settings.sessionTimeoutMilliseconds
      group.members[settings.memberId] = Member(
        incarnation: state.incarnations, sessionTimeoutMilliseconds: timeout, expires: .after(milliseconds: timeout))
      group.rebalance()
      state.groups[settings.group] = group
      return Membership(group: settings.group, memberId: settings.memberId, incarnation: state.incarnations)
    }
    readers.wakeAll()
    return membership
  }

  /// Shows that the member lives, lets go of what is no longer its own, and takes what has become free.
  ///
  /// - Returns: the numbers owned now.
  /// - Throws: ``LogError/fenced(_:)``.
  func poll(_ membership: Membership) throws -> Set<Int32> {
    let (owned, othersMayMove) = try state.withLock { state in
      var (group, member) = try Self.find(membership, in: state.groups)
      member.expires = .after(milliseconds: member.sessionTimeoutMilliseconds)
      let before = member.owned
      group.members[membership.memberId] = member
      let expired = group.members.filter { $0.value.expires.isPast }
      if !expired.isEmpty {
        for id in expired.keys { group.members[id] = nil }
        group.rebalance()
        member = group.members[membership.memberId] ?? member
      }
      let taken = group.members.filter { $0.key != membership.memberId }.reduce(into: Set()) { $0.formUnion($1.value.owned) }
      member.owned = member.target.subtracting(taken)
      group.members[membership.memberId] = member
      state.groups[membership.group] = group
      return (member.owned, !expired.isEmpty || !before.isSubset(of: member.owned))
    }
    if othersMayMove { readers.wakeAll() }
    return owned
  }

  /// Whether the member may move these partition numbers on. A commit is a sign of life.
  ///
  /// - Throws: ``LogError/fenced(_:)``, or ``LogError/aborted(_:)`` where a number is no longer its own.
  func check(_ membership: Membership, owns numbers: Set<Int32>) throws {
    try state.withLock { state in
      var (group, member) = try Self.find(membership, in: state.groups)
      let lost = numbers.subtracting(member.owned)
      guard lost.isEmpty else {
        throw LogError.aborted("\(membership.memberId) no longer owns the partitions \(lost.sorted()) of \(membership.group)")
      }
      member.expires = .after(milliseconds: member.sessionTimeoutMilliseconds)
      group.members[membership.memberId] = member
      state.groups[membership.group] = group
    }
  }

  func leave(_ membership: Membership) {
    state.withLock { state in
      guard var group = state.groups[membership.group], group.members[membership.memberId]?.incarnation == membership.incarnation
      else { return }
      group.members[membership.memberId] = nil
      group.rebalance()
      state.groups[membership.group] = group
    }
    readers.wakeAll()
  }

  private static func find(_ membership: Membership, in groups: [String: Group]) throws -> (Group, Member) {
    guard let group = groups[membership.group], let member = group.members[membership.memberId] else {
      throw LogError.fenced("\(membership.memberId) was silent for longer than its session time-out")
    }
    guard member.incarnation == membership.incarnation else {
      throw LogError.fenced("a newer member has joined as \(membership.memberId)")
    }
    return (group, member)
  }
}
