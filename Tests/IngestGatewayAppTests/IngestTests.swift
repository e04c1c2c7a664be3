import EventLog
import Events
import JSON
import Testing

/// From the signed webhook to the counts, through the log, the step and the view.
@Suite struct IngestTests {
  @Test func `every item of every body is counted once, by its fate`() async throws {
    try await Gateway.run { gateway in
      let bodies = [
        Webhook.messages("wamid.1", "wamid.2"), Webhook.messages("wamid.2", "wamid.3"), Webhook.status("wamid.9"), "no json",
        Webhook.body(#""messages":[{"id":7},{}]"#), #"{"entry":[{"id":"1","changes":[{"field":"calls","value":{"a":1}}]}]}"#,
      ]
      for body in bodies { #expect(try await gateway.post(body).status == 200) }
      let report = try await gateway.settled(bodies: Int64(bodies.count))
      #expect(report.int("received") == 9)
      #expect(report.int("stored") == 5)
      #expect(report.int("duplicates") == 1)
      #expect(report.int("deadLettered") == 3)
      #expect(report.int("byKind", "messages", "received") == 6)
      #expect(report.int("byKind", "statuses", "stored") == 1)
      #expect(report.int("byKind", "changes", "deadLettered") == 1)
      #expect(report.int("unknownFields", "calls") == 1)
      #expect(try gateway.records(of: Topics.messagesInbound).count == 3)
      #expect(try gateway.records(of: Topics.webhooksNormalised).count == bodies.count)
    }
  }

  @Test func `records about one customer stand in one partition`() async throws {
    try await Gateway.run { gateway in
      for body in [Webhook.messages("wamid.1"), Webhook.status("wamid.9"), Webhook.messages("wamid.2")] {
        #expect(try await gateway.post(body).status == 200)
      }
      _ = try await gateway.settled(bodies: 3)
      let messages = try gateway.records(of: Topics.messagesInbound)
      let deliveries = try gateway.records(of: Topics.deliveries)
      #expect(Set((messages + deliveries).map(\.partition.partition)).count == 1)
      #expect(messages.count == 2 && deliveries.count == 1)
      #expect(try gateway.records(of: Topics.contactAliases).count == 1)
    }
  }

  @Test func `dead letters are listed newest first, page by page`() async throws {
    try await Gateway.run { gateway in
      for index in 0..<3 { #expect(try await gateway.post("no json \(index)").status == 200) }
      _ = try await gateway.settled(bodies: 3)
      let first = try await gateway.get("/api/dead-letters?limit=2")
      let token = try #require(first.json?.root["next"]?.string)
      let second = try await gateway.get("/api/dead-letters?limit=2&page=\(token)")
      let items = (first.json?.root["items"]?.array ?? []) + (second.json?.root["items"]?.array ?? [])
      #expect(items.map { $0["item"]?.string } == ["no json 2", "no json 1", "no json 0"])
      #expect(items.map { $0["reason"]?.string } == ["not-json", "not-json", "not-json"])
      #expect(second.json?.root["next"]?.isNull == true)
      #expect(try await gateway.get("/api/dead-letters?page=\(token)x").status == 400)
    }
  }

  @Test(arguments: ["/api/ingest", "/api/dead-letters"]) func `the API wants the key`(path: String) async throws {
    try await Gateway.run(normalises: false) { gateway in
      let answers = [try await gateway.get(path, token: nil), try await gateway.get(path)]
      #expect(answers.map(\.status) == [401, 200])
    }
  }
}
