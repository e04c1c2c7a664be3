import EventLog

/// Something for the writer: what it does in the transaction, and whom it answers.
struct WriteItem: Sendable {
  let records: Int
  let bytes: Int
  /// Gets a transaction of its own, undone by any error.
  let isExclusive: Bool
  /// Does the work. The closure it hands back gives the answer, once the transaction stands (`nil`) or has failed.
  let apply: @Sendable (inout WriteTransaction) throws -> @Sendable (LogError?) -> Void
  /// Answers that the work was not done.
  let refuse: @Sendable (LogError) -> Void

  /// - Parameter body: unless exclusive, throws a ``LogError`` only before its first write: the neighbours' transaction goes on.
  init<Value: Sendable>(
    records: Int = 0, bytes: Int = 0, isExclusive: Bool = false, reply: @escaping @Sendable (Result<Value, LogError>) -> Void,
    body: @escaping @Sendable (inout WriteTransaction) throws -> Value
  ) {
    self.records = records
    self.bytes = bytes
    self.isExclusive = isExclusive
    refuse = { reply(.failure($0)) }
    apply = { transaction in
      do {
        let value = try body(&transaction)
        return { failure in reply(failure.map { .failure($0) } ?? .success(value)) }
      } catch let refusal as LogError where !isExclusive {
        return { _ in reply(.failure(refusal)) }
      }
    }
  }
}
