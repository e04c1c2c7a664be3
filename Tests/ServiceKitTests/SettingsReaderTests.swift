import Foundation
import ServiceKit
import Testing

@Suite struct SettingsReaderTests {
  static let webhooks = ["PARLEY_META_APP_SECRET": "app=secret", "PARLEY_META_VERIFY_TOKEN": "verify"]

  func faults(_ environment: [String: String], flags: SettingsFlags = SettingsFlags(), needsWebhooks: Bool = true) async -> [String: String]
  {
    do {
      _ = try await SettingsReader.read(flags: flags, environment: environment, needsWebhooks: needsWebhooks)
      return [:]
    } catch let error as SettingsFaults {
      return Dictionary(error.faults.map { ($0.variable, $0.problem) }) { first, _ in first }
    } catch {
      return ["": "\(error)"]
    }
  }

  @Test func `the flag wins over the environment, which wins over the file`() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).env")
    try Data("PARLEY_PORT=1001\nPARLEY_DATA=/from/file\nPARLEY_WORKSPACE=filed\n".utf8).write(to: file)
    let environment = Self.webhooks.merging(["PARLEY_PORT": "1002", "PARLEY_DATA": "/from/environment"]) { $1 }
    let settings = try await SettingsReader.read(
      flags: SettingsFlags(port: 1003, settingsFile: file.path), environment: environment, needsWebhooks: true)
    #expect(settings.port == 1003)
    #expect(settings.dataFolder == "/from/environment")
    #expect(settings.workspace.text == "filed")
  }

  @Test func `what nobody set has its standard value`() async throws {
    let settings = try await SettingsReader.read(flags: SettingsFlags(), environment: Self.webhooks, needsWebhooks: true)
    #expect(settings.log == .embedded(folder: "./data"))
    #expect(settings.port == 8_080)
    #expect(settings.partitions == 12)
    #expect(settings.maxBodyBytes == 4_194_304)
  }

  @Test func `every fault is listed at once, with the variable's name`() async {
    let found = await faults([
      "PARLEY_PORT": "70000", "PARLEY_LOG": "kafka://", "PARLEY_ADMIN_TOKEN": "short", "PARLEY_PARTITIONS": "none",
      "PARLEY_LOG_LEVEL": "loud", "PARLEY_KAFKA_CA_FILE": "/no/such/file", "PARLEY_KAFKA_SASL_MECHANISM": "MAGIC",
    ])
    let expected = [
      "PARLEY_PORT", "PARLEY_LOG", "PARLEY_ADMIN_TOKEN", "PARLEY_PARTITIONS", "PARLEY_LOG_LEVEL", "PARLEY_KAFKA_CA_FILE",
      "PARLEY_KAFKA_SASL_MECHANISM", "PARLEY_KAFKA_USER", "PARLEY_KAFKA_PASSWORD", "PARLEY_META_APP_SECRET", "PARLEY_META_VERIFY_TOKEN",
    ]
    #expect(Set(found.keys) == Set(expected))
  }

  @Test func `with Kafka the shared secrets must be given`() async {
    let found = await faults(Self.webhooks.merging(["PARLEY_LOG": "kafka://one:9092,two:9092"]) { $1 })
    #expect(Set(found.keys) == ["PARLEY_WORKSPACE_SECRET", "PARLEY_ADMIN_TOKEN"])
  }

  @Test func `several app secrets are read, more than sixteen refused`() async throws {
    var environment = Self.webhooks
    environment["PARLEY_META_APP_SECRET"] = "one=first,two=second=with=signs"
    let settings = try await SettingsReader.read(flags: SettingsFlags(), environment: environment, needsWebhooks: true)
    #expect(settings.metaAppSecrets == [MetaApp(name: "one", secret: "first"), MetaApp(name: "two", secret: "second=with=signs")])
    #expect("\(settings.metaAppSecrets)".contains("first") == false)
    environment["PARLEY_META_APP_SECRET"] = (1...17).map { "a\($0)=s" }.joined(separator: ",")
    #expect(await faults(environment).keys.contains("PARLEY_META_APP_SECRET"))
  }

  @Test func `a settings file that cannot be read is named`() async {
    #expect(await faults(Self.webhooks, flags: SettingsFlags(settingsFile: "/no/such/file")).keys.contains("PARLEY_SETTINGS"))
  }

  @Test func `secrets are made once and kept for the owner alone`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)").path
    let settings = try await SettingsReader.read(flags: SettingsFlags(data: folder), environment: Self.webhooks, needsWebhooks: true)
    let first = try Secrets(settings: settings)
    let second = try Secrets(settings: settings)
    #expect(first.adminTokenIsNew && !second.adminTokenIsNew)
    #expect(first.adminToken == second.adminToken && first.workspace == second.workspace)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/secrets/admin-token")
    let permissions = attributes[.posixPermissions] as? Int
    #expect(permissions == 0o600)
  }
}
