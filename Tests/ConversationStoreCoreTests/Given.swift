import ConversationStoreCore
import Events

/// `given(events)`, `.when(input)`, `.then` — one customer, everything in the test's own words.
struct Given {
  private(set) var state = CustomerState()

  init(_ events: [ConversationEvent] = []) {
    for event in events { state.evolve(event) }
  }

  /// What has happened after these inputs.
  init(after inputs: ConversationInput...) {
    for input in inputs { state = Decision(input, on: state, receivedAt: Sample.noon).state }
  }

  func when(_ input: ConversationInput, at receivedAt: Timestamp = Sample.noon) -> [ConversationEvent] {
    Decision(input, on: state, receivedAt: receivedAt).events
  }

  func after(_ inputs: ConversationInput...) -> CustomerState {
    inputs.reduce(state) { Decision($1, on: $0, receivedAt: Sample.noon).state }
  }
}

extension ConversationEvent {
  /// The type's name, for a test that is about what happens, not about its fields.
  var name: String { type.name }
}

extension [ConversationEvent] {
  var names: [String] { map(\.name) }
  var recorded: MessageRecorded? { lazy.compactMap { if case .messageRecorded(let payload) = $0 { payload } else { nil } }.first }
  var statuses: [MessageStatusChanged] { compactMap { if case .statusChanged(let payload) = $0 { payload } else { nil } } }
  var results: [CommandCompleted] { compactMap { if case .commandCompleted(let payload) = $0 { payload } else { nil } } }
}
