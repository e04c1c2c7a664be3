import Crypto

/// The value of `X-Hub-Signature-256` for the raw bytes of a body (contract, section 1).
public func webhookSignature(of body: [UInt8], secret: String) -> String {
  let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
  return "sha256=" + code.map { hex(UInt64($0), digits: 2) }.joined()
}
