import Events
import JSON

extension BodyWork {
  /// Imported messages of a number that joins with its past (coexistence). A chunk without messages, such as a refusal with error 2593109,
  /// is a change of the account.
  mutating func takeHistory(_ change: Change) throws {
    guard let chunks = change.value["history"], chunks.kind == .array else {
      return deadLetter(.changes, .wrongType(change.value, expected: "an array in history"), item: change.value.bytes())
    }
    for chunk in chunks.elements {
      guard chunk.kind == .object, let threads = chunk["threads"] else {
        try item(.changes, chunk) { try $0.take(chunk: chunk, of: change) }
        continue
      }
      guard threads.kind == .array else {
        deadLetter(.changes, .wrongType(threads, expected: "an array"), item: threads.bytes())
        continue
      }
      for thread in threads.elements { try take(thread: thread, of: change) }
    }
  }

  private mutating func take(thread: JSONValue, of change: Change) throws {
    guard thread.kind == .object, let list = thread["messages"], list.kind == .array else {
      return deadLetter(.changes, .wrongType(thread, expected: "an object with an array of messages"), item: thread.bytes())
    }
    let customer = thread.short("id")
    let business = change.channel?.displayNumber.flatMap(PhoneNumber.normalise)
    for message in list.elements {
      let isOurs = message["to"] != nil || (business != nil && message.short("from").flatMap(PhoneNumber.normalise) == business)
      let origin: MessageSource.Origin = isOurs ? .historyOut : .historyIn
      try item(.messages, message) { try $0.take(message: message, of: change, origin: origin, thread: customer) }
    }
  }
}
