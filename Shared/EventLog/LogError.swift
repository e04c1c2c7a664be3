/// What can go wrong with the log. Every case says whether trying again can help and what the person who reads it can do.
public enum LogError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The broker (or the file) does not answer in time. Nothing is known to be lost: try again.
  case unavailable(String)
  /// The step's transaction was undone; the connection has gone back to the committed offsets. Process the records again.
  case aborted(String)
  /// Another process has taken this slot or this file. This process must end.
  case fenced(String)
  /// A committed position cannot be read on: missing, past the end, or from another cluster. A person must decide.
  case position(String)
  /// The data is in use, read-only or full, or the settings do not fit the cluster. A person must act.
  case unusable(String)
  /// A record is larger than its topic takes. Trying again cannot help.
  case tooLarge(topic: String, bytes: Int, limitBytes: Int)
  /// The topic does not exist in this log.
  case unknownTopic(String)

  /// Whether the same call may succeed later in the same process.
  public var isRetriable: Bool {
    switch self {
    case .unavailable, .aborted: true
    case .fenced, .position, .unusable, .tooLarge, .unknownTopic: false
    }
  }

  public var description: String {
    switch self {
    case .unavailable(let reason): "the event log does not answer: \(reason)"
    case .aborted(let reason): "the step was undone and will be tried again: \(reason)"
    case .fenced(let reason): "another process has taken over: \(reason)"
    case .position(let reason): "the log cannot be read on from where it was left: \(reason)"
    case .unusable(let reason): "the event log cannot be used: \(reason)"
    case .tooLarge(let topic, let bytes, let limit): "a record of \(bytes) bytes is over the limit of \(topic), \(limit) bytes"
    case .unknownTopic(let topic): "there is no topic \(topic); `parley topics` shows and creates them"
    }
  }
}
