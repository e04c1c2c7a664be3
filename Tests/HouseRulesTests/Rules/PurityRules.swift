extension Rule {
  static let purity: [Rule] = [
    Rule(description: "Cores and records have no clock, no chance and no files: these come in as arguments") { file in
      guard file.isSwift, file.isCore || file.path.hasPrefix("Shared/Events/") else { return [] }
      return file.violations(of: impure, in: file.code)
    }
  ]

  private static let impure = [
    "Date(", "Date.now", "UUID(", ".random(", "SystemRandomNumberGenerator", "ContinuousClock", "SuspendingClock", "DispatchTime",
    "Task.sleep", "FileManager", "ProcessInfo", "print(",
  ]
}
