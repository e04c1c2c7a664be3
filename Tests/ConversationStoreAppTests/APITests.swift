import ConversationStoreApp
import Events
import HTTPTypes
import Testing
import Views

@Suite struct APITests {
  private func ids(_ store: Store, _ path: String) async throws -> [String] {
    try await store.get(path).json?.root["items"]?.array?.compactMap { $0["contact"]?["id"]?.string } ?? []
  }

  @Test func `pages hold every conversation once, newest first or oldest first`() async throws {
    try await Store.run { store in
      // Equal times too: the id then decides.
      try await store.take(try (0..<23).map { try Traffic.text("m\($0)", $0, seconds: Int64($0 / 2)) })
      for sort in ["", "&sort=last"] {
        var seen: [String] = []
        var times: [String] = []
        var page = ""
        repeat {
          let list = try #require(try await store.get("/api/conversations?limit=5\(sort)\(page)").json).root
          let items = list["items"]?.array ?? []
          seen += items.compactMap { $0["id"]?.string }
          times += items.compactMap { $0["lastMessage"]?["at"]?.string }
          page = list["next"]?.string.map { "&page=\($0)" } ?? ""
        } while !page.isEmpty
        #expect(seen.count == 23 && Set(seen).count == 23)
        #expect(times == (sort.isEmpty ? times.sorted(by: >) : times.sorted()))
      }
    }
  }

  @Test func `filters show what they name`() async throws {
    let other = ChannelReference(id: ChannelId("number-2"))
    try await Store.run { store in
      try await store.take([
        try Traffic.text("a", 1), try Traffic.text("b", 2), try Traffic.text("b2", 2, .echo, seconds: 5),
        try Traffic.text("c", 3, .echo), try Traffic.text("d", 4, seconds: 9, over: other),
      ])
      try await store.take([try Traffic.markRead("c1", Traffic.conversation(openedBy: "a", 1), 1)])
      #expect(try await ids(store, "/api/conversations?filter=unread") == ["contact-4", "contact-2"])
      #expect(try await ids(store, "/api/conversations?filter=unanswered") == ["contact-4", "contact-1"])
      #expect(try await ids(store, "/api/conversations?channel=number-2") == ["contact-4"])
      #expect(try await ids(store, "/api/conversations?filter=unread&channel=number-1") == ["contact-2"])
      #expect(try await ids(store, "/api/conversations?contact=contact-3") == ["contact-3"])
      #expect(try await ids(store, "/api/conversations?contact=contact-3&filter=unread").isEmpty)
    }
  }

  @Test func `messages list in the order of the log, from either end`() async throws {
    try await Store.run { store in
      for number in 0..<7 { try await store.take([try Traffic.text("m\(number)", 1, seconds: Int64(100 - number))]) }
      let path = "/api/conversations/\(Traffic.conversation(openedBy: "m0", 1))/messages?limit=3"
      for (order, expected) in [
        ("oldest", ["m0", "m1", "m2", "m3", "m4", "m5", "m6"]), ("newest", ["m6", "m5", "m4", "m3", "m2", "m1", "m0"]),
      ] {
        var seen: [String] = []
        var page = ""
        repeat {
          let list = try #require(try await store.get("\(path)&order=\(order)\(page)").json).root
          seen += list["items"]?.array?.compactMap { $0["providerId"]?.string } ?? []
          page = list["next"]?.string.map { "&page=\($0)" } ?? ""
        } while !page.isEmpty
        #expect(seen == expected)
      }
    }
  }

  @Test(arguments: [
    ("/api/conversations?filter=mine", "filter"), ("/api/conversations?limit=0", "limit"), ("/api/conversations?limit=201", "limit"),
    ("/api/conversations?sort=name", "sort"), ("/api/conversations?page=bm90aGluZyBvZiBvdXJz", "page"),
    ("/api/conversations?colour=red", "colour"),
    ("/api/conversations/x/messages?order=random", "order"), ("/api/live?after=yesterday", "after"),
  ])
  func `a bad parameter is refused by name`(path: String, field: String) async throws {
    try await Store.run { store in
      let answer = try await store.get(path)
      #expect(answer.status == 400)
      #expect(answer.headers[.contentType] == "application/problem+json")
      #expect(answer.json?.root["field"]?.string == field)
    }
  }

  @Test func `a page token of another list, order or suite is refused`() async throws {
    try await Store.run { store in
      try await store.take(try (0..<3).map { try Traffic.text("m\($0)", $0) } + [try Traffic.text("n", 0)])
      let page = try #require(try await store.get("/api/conversations?limit=1").json?.root["next"]?.string)
      let changed = (page.hasPrefix("A") ? "B" : "A") + page.dropFirst()
      let conversation = Traffic.conversation(openedBy: "m0", 0)
      for path in [
        "/api/conversations?page=\(changed)", "/api/conversations?sort=last&page=\(page)",
        "/api/conversations/\(conversation)/messages?page=\(page)",
      ] { #expect(try await store.get(path).status == 400) }
    }
  }

  @Test(arguments: ["/api/conversations/none", "/api/conversations/none/messages", "/api/contacts/none"])
  func `what is not there is not found`(path: String) async throws {
    try await Store.run { store in
      let answer = try await store.get(path)
      #expect(answer.status == 404)
    }
  }

  @Test func `no route of the API answers without a key`() async throws {
    try await Store.run { store in
      for route in store.routes where route.path.hasPrefix("/api") {
        for token in [nil, "wrong"] {
          let answer = try await store.call(route.method, route.path.replacing("{id}", with: "x"), token: token)
          #expect(answer.status == 401)
        }
      }
    }
  }

  @Test func `reading answers with a position, and a read with it shows the result`() async throws {
    try await Store.run { store in
      try await store.take([try Traffic.text("m1", 1), try Traffic.text("m2", 1)])
      let id = Traffic.conversation(openedBy: "m1", 1)
      let part = try await store.call(.post, "/api/conversations/\(id)/read", body: #"{"upTo": "\#(Traffic.message("m1"))"}"#)
      #expect(part.status == 200)
      let position = try #require(part.headers[.init("Parley-Position")!])
      #expect(part.json?.root["position"]?.string == position)
      let headers: HTTPFields = [.init("Parley-Position")!: position]
      #expect(try await store.get("/api/conversations/\(id)", headers: headers).json?.root["unread"]?.int == 1)
      #expect(try await store.call(.post, "/api/conversations/\(id)/read").status == 200)
      #expect(try await store.get("/api/conversations?filter=unread").json?.root["items"]?.count == 0)
      #expect(try await store.call(.post, "/api/conversations/none/read").status == 404)
      #expect(try await store.call(.post, "/api/conversations/\(id)/read", body: #"{"upTo": "none"}"#).status == 404)
      #expect(try await store.call(.post, "/api/conversations/\(id)/read", body: "[").status == 400)
    }
  }

  @Test func `a position that is none is refused by name`() async throws {
    try await Store.run { store in
      let answer = try await store.get("/api/conversations", headers: [.init("Parley-Position")!: "soon"])
      #expect(answer.status == 400)
      #expect(answer.json?.root["field"]?.string == "Parley-Position")
    }
  }

  @Test func `the page runs no script but its own`() async throws {
    try await Store.run { store in
      for (path, type) in [("/", "text/html"), ("/live.js", "text/javascript"), ("/style.css", "text/css")] {
        let answer = try await store.get(path, token: nil)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType]?.hasPrefix(type) == true)
        #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; script-src 'self'") == true)
        for unsafe in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "onclick=", "<style", "style="] {
          #expect(!answer.text.contains(unsafe))
        }
      }
    }
  }
}
