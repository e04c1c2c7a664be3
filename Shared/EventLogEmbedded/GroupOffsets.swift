import EventLog

/// The rules by which a group begins and goes on (`auto.offset.reset=error`).
enum GroupOffsets {
  /// Gives a group that is new to a topic its first offsets: the beginning, if all of it is still there. All partitions at once, so that
  /// an offset that is missing later is known to be lost.
  static func begin(_ group: String, _ topics: [TopicEntry], _ log: EmbeddedOwner) throws {
    let catalogue = log.catalogue
    try log.writer.perform(isExclusive: true) { transaction in
      for topic in topics {
        guard try transaction.groupOffsets(group, topic.ids).isEmpty else { continue }
        if let cut = topic.ids.first(where: { catalogue.partition($0)?.low != 0 }) {
          throw LogError.position(
            "\(group) has no offset for \(topic.settings.name), which no longer begins at 0 but at \(catalogue.partition(cut)?.low ?? 0)"
              + " in partition \(cut.partition)")
        }
        try transaction.setGroupOffsets(group, topic.ids.reduce(into: [:]) { $0[$1] = 0 })
      }
    }
  }

  /// - Throws: ``LogError/position(_:)`` when one of the partitions cannot be read on.
  static func check(_ offsets: [PartitionId: Int64], of partitions: [OpenPartition], _ group: String, _ catalogue: Catalogue) throws {
    for partition in partitions {
      let state = catalogue.partition(partition.id) ?? PartitionState(low: 0, end: 0, visible: 0)
      guard let offset = offsets[partition.id] else {
        throw LogError.position("\(group) has offsets for \(partition.name.topic), but none for partition \(partition.name.partition)")
      }
      guard (state.low...state.end).contains(offset) else {
        throw LogError.position("\(group) is at \(offset) of \(partition.name), but the log holds \(state.low) to \(state.end)")
      }
    }
  }
}
