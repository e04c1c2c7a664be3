import Events

/// The topics as an AsyncAPI 3.0 document.
enum AsyncAPI {
  static func document() -> JSONTree {
    [
      "asyncapi": "3.0.0",
      "info": [
        "title": "Parley topics",
        "version": "1.0.0",
        "description":
          "The event log of Parley. Records are JSON in an envelope, but for raw webhook bodies. Readers skip types and ignore fields they do not know.",
      ],
      "defaultContentType": "application/json",
      "channels": .object(Topics.all.map { (key($0.name), channel($0)) }),
      "operations": .object(Topics.all.map { (key("write.\($0.name)"), operation($0)) }),
      "components": [
        "messages": .object(Topics.all.flatMap { topic in messages(of: topic).map { (key("\(topic.name).\($0.name)"), $0.json) } })
      ],
    ]
  }

  /// Keys of the document have letters, digits, hyphens and underscores only; the true names stand in `address` and `name`.
  private static func key(_ name: String) -> String { name.replacing(".", with: "-") }

  private static func channel(_ topic: Topic) -> JSONTree {
    [
      "address": .string(topic.name),
      "description": .string(topic.purpose),
      "messages": .object(
        messages(of: topic).map { (key($0.name), ["$ref": .string("#/components/messages/\(key("\(topic.name).\($0.name)"))")]) }),
      "bindings": [
        "kafka": ["topic": .string(topic.name), "topicConfiguration": .object(configuration(topic)), "bindingVersion": "0.5.0"]
      ],
    ]
  }

  private static func configuration(_ topic: Topic) -> [(key: String, value: JSONTree)] {
    let size: (key: String, value: JSONTree) = ("max.message.bytes", .integer(topic.maxMessageBytes))
    switch topic.retention {
    case .forever: return [("cleanup.policy", ["delete"]), ("retention.ms", -1), size]
    case .days(let days): return [("cleanup.policy", ["delete"]), ("retention.ms", .integer(days * 86_400_000)), size]
    case .compacted: return [("cleanup.policy", ["compact"]), size]
    }
  }

  private static func operation(_ topic: Topic) -> JSONTree {
    ["action": "send", "channel": ["$ref": .string("#/channels/\(key(topic.name))")], "summary": "Written by \(topic.writer)."]
  }

  private static func messages(of topic: Topic) -> [(name: String, json: JSONTree)] {
    let key: JSONTree = ["kafka": ["key": ["type": "string", "description": .string(topic.key)], "bindingVersion": "0.5.0"]]
    if topic == Topics.webhooksRaw {
      return [("webhook.body", ["name": "webhook.body", "summary": "The bytes of a webhook's body as they came.", "bindings": key])]
    }
    let types = Catalogue.all.first { $0.topic == topic }?.types ?? []
    return types.map { type in
      let schema = Contract.schemaPath(of: type, in: topic)
      let payload: JSONTree = ["schemaFormat": "application/schema+json;version=draft-2020-12", "schema": ["$ref": .string(schema)]]
      return (
        "\(type.name).v\(type.version)",
        ["name": .string(type.name), "title": "\(type.name), version \(type.version)", "payload": payload, "bindings": key]
      )
    }
  }
}
