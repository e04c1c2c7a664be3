/// The part of a message that depends on its kind.
struct MessageContent {
  let type: String
  let members: [(String, JSON)]
  let context: JSON?

  init(_ type: String, _ members: [(String, JSON)], context: JSON? = nil) {
    self.type = type
    self.members = members
    self.context = context
  }

  /// An object of the same name as the type.
  init(_ type: String, _ object: JSON, context: JSON? = nil) {
    self.init(type, [(type, object)], context: context)
  }
}
