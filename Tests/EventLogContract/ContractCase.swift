/// One point of the contract, with what a driver must be able to show for it.
public struct ContractCase: Sendable, CustomStringConvertible {
  public enum Need: Sendable, Hashable {
    case faults, probe
    case capability(Capability)
  }

  public let description: String
  public let needs: Set<Need>
  public let body: @Sendable (LogUnderTest) throws -> Void

  init(_ description: String, needs: Set<Need> = [], _ body: @escaping @Sendable (LogUnderTest) throws -> Void) {
    self.description = description
    self.needs = needs
    self.body = body
  }

  /// All of the contract, for a driver that can show what `needs` name.
  public static func all(showing shown: Set<Need>) -> [ContractCase] {
    (append + follow + step + runner + groups + processes).filter { $0.needs.isSubset(of: shown) }
  }

  static let append = [
    ContractCase("positions come in the order given", AppendContract.positionsComeInTheOrderGiven),
    ContractCase("records outlive a restart", AppendContract.recordsOutliveARestart),
    ContractCase("a key keeps its order", AppendContract.aKeyKeepsItsOrder),
    ContractCase("nothing of a record is lost", AppendContract.nothingOfARecordIsLost),
    ContractCase("records of four megabytes pass", AppendContract.recordsOfFourMegabytesPass),
    ContractCase("a too large record is named and hurts nobody", AppendContract.aTooLargeRecordIsNamedAndHurtsNobody),
    ContractCase("an unknown topic is named", AppendContract.anUnknownTopicIsNamed),
    ContractCase(
      "a full queue refuses and loses nothing acknowledged", needs: [.faults], AppendContract.aFullQueueRefusesAndLosesNothingAcknowledged),
  ]

  static let follow = [
    ContractCase("reads on where it is told", FollowContract.readsOnWhereItIsTold),
    ContractCase("positions reach the end past gaps", FollowContract.positionsReachTheEndPastGaps),
    ContractCase("a position past the end is refused", FollowContract.aPositionPastTheEndIsRefused),
    ContractCase("a waiting poll returns for a record and when woken", FollowContract.aWaitingPollReturnsForARecordAndWhenWoken),
    ContractCase("only committed records are shown", needs: [.faults], FollowContract.onlyCommittedRecordsAreShown),
  ]

  static let step = [
    ContractCase("outputs and offsets stand together", StepContract.outputsAndOffsetsStandTogether),
    ContractCase("a step goes on after a restart", StepContract.aStepGoesOnAfterARestart),
    ContractCase("a broken commit loses and doubles nothing", needs: [.faults], StepContract.aBrokenCommitLosesAndDoublesNothing),
    ContractCase("undone records come again", StepContract.undoneRecordsComeAgain),
    ContractCase("a paused partition is held back", StepContract.aPausedPartitionIsHeldBack),
    ContractCase("a group past the end stops", StepContract.aGroupPastTheEndStops),
  ]

  static let runner = [
    ContractCase("ticks commit with records", RunnerContract.ticksCommitWithRecords),
    ContractCase("what was undone is dropped and comes again", needs: [.faults], RunnerContract.whatWasUndoneIsDroppedAndComesAgain),
    ContractCase(
      "nothing is decided before the state has caught up", needs: [.faults], RunnerContract.nothingIsDecidedBeforeTheStateHasCaughtUp),
    ContractCase("a slow handler decides once", RunnerContract.aSlowHandlerDecidesOnce),
    ContractCase("a poisoned record is put aside", RunnerContract.aPoisonedRecordIsPutAside),
    ContractCase("inputs of different partition counts are refused", RunnerContract.inputsOfDifferentPartitionCountsAreRefused),
  ]

  static let groups = [
    ContractCase("a rebalance under load decides nothing twice", GroupContract.aRebalanceUnderLoadDecidesNothingTwice),
    ContractCase("whoever comes later fences the one before", GroupContract.whoeverComesLaterFencesTheOneBefore),
    ContractCase(
      "a silent member loses its partitions", needs: [.capability(.expiresSilentMembers)], GroupContract.aSilentMemberLosesItsPartitions),
    ContractCase("a partition has one owner at a time", GroupContract.aPartitionHasOneOwnerAtATime),
    ContractCase("members share the partitions", GroupContract.membersShareThePartitions),
  ]

  static let processes = [
    ContractCase("a killed process loses and doubles nothing", needs: [.probe], ProcessContract.aKilledProcessLosesAndDoublesNothing),
    ContractCase("a death before the commit leaves nothing", needs: [.probe], ProcessContract.aDeathBeforeTheCommitLeavesNothing),
    ContractCase("a death after the commit leaves all", needs: [.probe], ProcessContract.aDeathAfterTheCommitLeavesAll),
    ContractCase(
      "a record that kills three times is put aside unread", needs: [.probe], ProcessContract.aRecordThatKillsThreeTimesIsPutAsideUnread),
    ContractCase("a zombie never commits again", needs: [.probe, .capability(.manyProcesses)], ProcessContract.aZombieNeverCommitsAgain),
  ]
}
