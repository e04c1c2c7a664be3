import EventLog
import Events
import HTTPTypes
import Testing

@Suite struct WebhookRouteTests {
  /// The vectors of the contract, section 1, made by others.
  static let vectors = [
    (
      #"{"object":"whatsapp_business_account","entry":[]}"#,
      "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
    ),
    (
      #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"wamid.A","#
        + #""type":"text","text":{"body":"Dobr\u00fd de\u0148 \ud83d\udc4b"}}]}}]}]}"#,
      "sha256=9cb43d4429865c73207008dd0b3160a9a51784ee501a47a20998d7289f81264d"
    ),
  ]

  @Test(arguments: vectors) func `a signed body is taken as it is`(body: String, signature: String) async throws {
    try await Gateway.run(normalises: false) { gateway in
      #expect(try await gateway.post(Array(body.utf8), signature: signature).status == 200)
      #expect(try await gateway.post(Array(body.utf8), signature: "sha256=" + signature.dropFirst(7).uppercased()).status == 200)
      let records = try gateway.records(of: Topics.webhooksRaw)
      #expect(records.map(\.value) == [Array(body.utf8), Array(body.utf8)])
      #expect(records.first?.key == Array("shop".utf8))
      #expect(records.first?.header("received-at") == "\(Gateway.receivedAt)")
      #expect(records.first?.header("content-type") == "application/json")
    }
  }

  @Test func `a body of the second app has its name as the key`() async throws {
    try await Gateway.run(normalises: false) { gateway in
      let answer = try await gateway.post("{}", secret: "another_app_secret")
      #expect(answer.status == 200)
      #expect(try gateway.records(of: Topics.webhooksRaw).first?.key == Array("help".utf8))
    }
  }

  @Test func `a missing or wrong signature is refused in fixed words, and nothing is kept`() async throws {
    let body = Array("{}".utf8)
    let right = Gateway.signature(of: body)
    let wrong = [
      nil, "", "sha256=", String(right.dropFirst(7)), "sha1=" + right.dropFirst(7), String(right.dropLast()), right + "0",
      String(right.dropLast()) + "g", Gateway.signature(of: body, secret: "no secret of ours"), Gateway.signature(of: body + [32]),
    ]
    try await Gateway.run(normalises: false) { gateway in
      for signature in wrong {
        let answer = try await gateway.post(body, signature: signature)
        #expect(answer.status == 401, "\(signature ?? "none")")
        #expect(!answer.text.contains(right.dropFirst(7)))
      }
      #expect(try gateway.records(of: Topics.webhooksRaw).isEmpty)
    }
  }

  @Test func `a body of 4 MB is taken, one byte more is not`() async throws {
    let limit = Topics.maxWebhookBytes
    try await Gateway.run(normalises: false) { gateway in
      let largest = [UInt8](repeating: 32, count: limit)
      let larger = largest + [32]
      let answers = [
        try await gateway.post(largest, signature: Gateway.signature(of: largest)),
        try await gateway.post(larger, signature: Gateway.signature(of: larger)),
      ]
      #expect(answers.map(\.status) == [200, 413])
      #expect(try gateway.records(of: Topics.webhooksRaw).map { $0.value?.count } == [limit])
    }
  }

  @Test func `without the log the provider is told to come again`() async throws {
    try await Gateway.run(normalises: false, logAnswers: false) { gateway in
      let answer = try await gateway.post("{}")
      #expect(answer.status == 503)
      #expect(answer.headers[.retryAfter] != nil)
      #expect(!answer.text.contains("10.0.0.7"))
    }
  }

  @Test func `the handshake answers the bare challenge to who knows the token`() async throws {
    func uri(_ mode: String, _ token: String) -> String {
      "\(Gateway.path)?hub.mode=\(mode)&hub.verify_token=\(token)&hub.challenge=1158201444"
    }
    try await Gateway.run(normalises: false) { gateway in
      let answer = try await gateway.get(uri("subscribe", Gateway.verifyToken), token: nil)
      #expect(answer.status == 200 && answer.text == "1158201444")
      #expect(try await gateway.get(uri("subscribe", "wrong"), token: nil).status == 403)
      #expect(try await gateway.get(uri("unsubscribe", Gateway.verifyToken), token: nil).status == 403)
      #expect(try await gateway.get(Gateway.path, token: nil).status == 403)
    }
  }
}
