import SimulatedMeta
import Testing

struct SignatureTests {
  /// The vectors of the contract, section 1.
  @Test(arguments: [
    (
      #"{"object":"whatsapp_business_account","entry":[]}"#,
      "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
    ),
    (
      #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":["#
        + #"{"id":"wamid.A","type":"text","text":{"body":"Dobr\u00fd de\u0148 \ud83d\udc4b"}}]}}]}]}"#,
      "sha256=9cb43d4429865c73207008dd0b3160a9a51784ee501a47a20998d7289f81264d"
    ),
  ])
  func `the signature is the HMAC of the raw bytes`(body: String, expected: String) {
    #expect(webhookSignature(of: Array(body.utf8), secret: "test_app_secret") == expected)
  }
}
