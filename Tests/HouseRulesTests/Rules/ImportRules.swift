extension Rule {
  /// The import table of `docs/design.md`.
  static let imports: [Rule] = [
    Rule(description: "A core imports the records, JSON and its own service's core") { file in
      guard file.isCore, let service = file.service else { return [] }
      let allowed: Set<String> = ["Events", "JSON", "\(service)Core"]
      return file.imports.filter { !allowed.contains($0.module) }.map { file.violation($0.line, "a core imports \($0.module)") }
    },
    Rule(description: "The records know JSON and hashing only") { file in
      guard file.path.hasPrefix("Shared/Events/") else { return [] }
      return file.imports.filter { !["JSON", "Crypto", "Foundation"].contains($0.module) }
        .map { file.violation($0.line, "the records import \($0.module)") }
    },
    Rule(description: "A library stays in the module that is its seam") { file in
      guard !file.isTest else { return [] }
      return file.imports.compactMap { module, line in
        guard let seams = seams[module], !seams.contains(where: { file.path.matches($0) }) else { return nil }
        return file.violation(line, "\(module) belongs to \(seams.joined(separator: ", "))")
      }
    },
    Rule(description: "Services meet in the records, never in each other") { file in
      guard let service = file.service, !mains.contains(service) else { return [] }
      return file.imports.compactMap { module, line in
        guard let other = services.first(where: { module.hasPrefix($0) }), other != service else { return nil }
        return file.violation(line, "\(service) imports \(module)")
      }
    },
    Rule(description: "Shared modules know no service") { file in
      guard file.path.hasPrefix("Shared/") else { return [] }
      return file.imports.filter { imported in services.contains { imported.module.hasPrefix($0) } }
        .map { file.violation($0.line, "a shared module imports \($0.module)") }
    },
  ]

  /// Where processes are put together from services: all in one, and each by itself.
  private static let mains = ["Parley", "Executables"]
  private static let services = ["IngestGateway", "ConversationStore", "TicketService", "Notifier", "Reporter", "SimulatedMeta"]

  /// Modules with the places that may import them; `*` stands for one folder.
  private static let seams: [String: [String]] = [
    "CRdKafka": ["Shared/EventLogKafka/"],
    "CCurl": ["Shared/Outbound/"],
    "CSimdjson": ["Shared/JSON/"],
    "GRDB": ["Shared/EventLogEmbedded/", "Shared/Views/", "Services/*/App/View/"],
  ]
}

extension String {
  /// Whether the path is below the folder, in whose name `*` stands for any one.
  fileprivate func matches(_ folder: String) -> Bool {
    let wanted = folder.split(separator: "/")
    let found = split(separator: "/")
    return found.count > wanted.count && zip(wanted, found).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
