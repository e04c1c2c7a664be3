extension JSONTape {
  /// The values a search for a path may pass: a caller that ignores many failures must not make reading a long array quadratic.
  private static var maxPathSteps: Int { 4096 }

  /// The way from the root to the value at `target`. Ends early, at an outer container, if it is too long to find.
  ///
  /// The tape alone tells it, so reading keeps no path while all goes well.
  func path(to target: Int) -> [JSONPathKey] {
    var path: [JSONPathKey] = []
    var container = Self.rootIndex
    var steps = 0
    while container != target {
      let isObject = tag(container) == Tag.object
      guard isObject || tag(container) == Tag.array else { return path }
      let close = close(container)
      var position = 0
      var key = container + 1
      var value = isObject ? key + 1 : key
      while next(value) <= target {
        steps += 1
        position += 1
        key = next(value)
        value = isObject ? key + 1 : key
        guard steps < Self.maxPathSteps, key < close else { return path }
      }
      path.append(isObject ? .name(string(key)) : .index(position))
      container = value
    }
    return path
  }
}
