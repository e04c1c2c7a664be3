// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors in our own targets; dependencies are left alone.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

func library(_ name: String, path: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: strict)
}

/// An executable that runs one service.
func service(_ name: String, _ app: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: app + ["Launch", arguments], path: "Services/Executables/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, resources: resources, swiftSettings: strict)
}

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "parley",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CRdKafka", path: "Shared/CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    .target(name: "CSimdjson", path: "Shared/CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    library("JSON", path: "Shared/JSON", ["CSimdjson"]),
    library("Events", path: "Shared/Events", ["JSON", crypto]),
    library("EventLog", path: "Shared/EventLog", [logging, metrics]),
    library("EventLogKafka", path: "Shared/EventLogKafka", ["EventLog", "CRdKafka", logging]),
    library("EventLogEmbedded", path: "Shared/EventLogEmbedded", ["EventLog", grdb, logging]),
    library("Views", path: "Shared/Views", ["EventLog", grdb, crypto, logging, metrics]),
    library("HTTPKit", path: "Shared/HTTPKit", ["EventLog", "JSON", hummingbird, httpTypes, crypto, logging, metrics]),
    library(
      "ServiceKit", path: "Shared/ServiceKit",
      [
        "EventLog", "Events", "HTTPKit", "Views", lifecycle, configuration, hummingbird, httpTypes, crypto, logging, metrics, coreMetrics,
        system,
      ]),
    library("IngestGatewayCore", path: "Services/IngestGateway/Core", ["Events", "JSON"]),
    library(
      "IngestGatewayApp", path: "Services/IngestGateway/App",
      ["IngestGatewayCore", "Events", "EventLog", "HTTPKit", "ServiceKit", "Views", grdb, crypto, hummingbird, httpTypes, metrics]),
    .systemLibrary(
      name: "CCurl", path: "Shared/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    library("Outbound", path: "Shared/Outbound", ["CCurl"]),
    library("SimulatedMeta", path: "Services/SimulatedMeta", ["Outbound", crypto]),
    .target(name: "LocalServer", path: "Tests/LocalServer", swiftSettings: strict),
    tests("OutboundTests", ["Outbound", "LocalServer"]),
    tests("SimulatedMetaTests", ["SimulatedMeta", "Outbound", "LocalServer"]),
    library("TicketServiceApp", path: "Services/TicketService/App", ["ServiceKit", "Events", "Views"]),
    library("NotifierApp", path: "Services/Notifier/App", ["ServiceKit", "Events", "Views"]),
    library("ReporterApp", path: "Services/Reporter/App", ["ServiceKit", "Events", "Views"]),
    library("ConversationStoreCore", path: "Services/ConversationStore/Core", ["Events"]),
    library(
      "ConversationStoreApp", path: "Services/ConversationStore/App",
      [
        "ConversationStoreCore", "Events", "EventLog", "HTTPKit", "JSON", "ServiceKit", "Views", grdb, hummingbird, httpTypes, lifecycle,
        nioCore, metrics,
      ],
      resources: [.embedInCode("Web/index.html"), .embedInCode("Web/live.js"), .embedInCode("Web/style.css")]),
    library(
      "Launch", path: "Services/Launch", ["ServiceKit", "Events", "EventLog", "EventLogEmbedded", "EventLogKafka", arguments, logging]),
    service("ingest-gateway", ["IngestGatewayApp"]),
    service("conversation-store", ["ConversationStoreApp"]),
    service("ticket-service", ["TicketServiceApp"]),
    service("notifier", ["NotifierApp"]),
    service("reporter", ["ReporterApp"]),
    .executableTarget(
      name: "parley",
      dependencies: [
        "IngestGatewayApp", "ConversationStoreApp", "TicketServiceApp", "NotifierApp", "ReporterApp", "SimulatedMeta", "Outbound", "Launch",
        "ServiceKit", "Views", "Events", "EventLog", "EventLogEmbedded", "EventLogKafka", arguments, logging,
      ],
      path: "Services/Parley", swiftSettings: strict),
    .executableTarget(
      name: "parley-bench",
      dependencies: [
        "IngestGatewayApp", "IngestGatewayCore", "ConversationStoreApp", "ConversationStoreCore", "SimulatedMeta", "Outbound", "Launch",
        "ServiceKit", "HTTPKit", "Views", "Events", "EventLog", "JSON", arguments, crypto, grdb, logging,
      ],
      path: "Benchmarks", exclude: ["post.lua"], swiftSettings: strict),
    // The contract that both drivers must pass, and the process that its kill tests kill.
    .target(name: "EventLogContract", dependencies: ["EventLog", logging], path: "Tests/EventLogContract", swiftSettings: strict),
    tests("JSONTests", ["JSON"]),
    tests("IngestGatewayCoreTests", ["IngestGatewayCore", "Events", "JSON"]),
    tests(
      "IngestGatewayAppTests",
      [
        "IngestGatewayApp", "IngestGatewayCore", "Events", "EventLog", "EventLogEmbedded", "HTTPKit", "JSON", "ServiceKit", "Views", crypto,
        hummingbird, hummingbirdTesting, httpTypes, logging,
      ]),
    tests("ConversationStoreCoreTests", ["ConversationStoreCore", "Events"]),
    tests(
      "OpenAPITests",
      [
        "IngestGatewayApp", "ConversationStoreApp", "TicketServiceApp", "NotifierApp", "ReporterApp", "ServiceKit", "HTTPKit",
        "EventLogEmbedded", "Events", "JSON", logging,
      ]),
    tests(
      "EndToEndTests",
      [
        "parley", "ingest-gateway", "conversation-store", "ticket-service", "notifier", "reporter", "Outbound", "SimulatedMeta", crypto,
      ]),
    tests("ViewsTests", ["Views", "EventLog", "EventLogEmbedded", grdb, logging]),
    tests("HTTPKitTests", ["HTTPKit", "EventLog", hummingbird, hummingbirdTesting, httpTypes, logging]),
    tests("ServiceKitTests", ["EventLog", "EventLogEmbedded", "ServiceKit", logging, metrics]),
    tests("EventLogKafkaTests", ["EventLog", "EventLogKafka", "EventLogContract", "CRdKafka", logging]),
    tests(
      "ConversationStoreAppTests",
      [
        "ConversationStoreApp", "Events", "EventLog", "EventLogEmbedded", "HTTPKit", "JSON", "ServiceKit", "Views", grdb, hummingbird,
        hummingbirdTesting, httpTypes, logging,
      ]),
    tests("EventLogTests", ["EventLog", "EventLogContract"]),
    // Derives the published contract from the record types; `scripts/contract-docs` writes it.
    library("ContractDocs", path: "Tests/ContractDocs", ["Events", "JSON"]),
    .executableTarget(
      name: "contract-docs", dependencies: ["ContractDocs"], path: "Tests/ContractDocsCommand", swiftSettings: strict),
    tests("ContractDocsTests", ["ContractDocs", "Events", "JSON"]),
    tests("HouseRulesTests", ["ContractDocs"]),
    tests("EventsTests", ["ContractDocs", "Events", "JSON"], exclude: ["Golden"]),
    .executableTarget(
      name: "log-probe", dependencies: ["EventLog", "EventLogContract", "EventLogEmbedded", "EventLogKafka"], path: "Tests/LogProbe",
      swiftSettings: strict),
    tests("EventLogEmbeddedTests", ["EventLog", "EventLogContract", "EventLogEmbedded", "log-probe", grdb]),
  ],
  cxxLanguageStandard: .cxx17
)
