import Crypto

/// The first 128 bits of a SHA-256 (or HMAC-SHA-256), as a key of look-ups. `Subject` only tells the kinds apart.
public struct HashKey<Subject>: Hashable, Sendable {
  public static var byteCount: Int { 16 }

  private let high: UInt64
  private let low: UInt64

  /// SHA-256 over the parts, each with its length, so that no two lists of parts look alike; and over `data`.
  public init(parts: [String], data: [UInt8] = []) {
    var hash = SHA256()
    for var part in parts {
      part.withUTF8 { bytes in
        withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
      }
    }
    hash.update(data: data)
    (high, low) = hash.finalize().withUnsafeBytes(Self.words)
  }

  /// HMAC-SHA-256: cannot be found by trying without the secret.
  public init(secret: HashSecret, _ text: String) {
    var code = secret.code
    var text = text
    text.withUTF8 { code.update(data: $0) }
    (high, low) = code.finalize().withUnsafeBytes(Self.words)
  }

  private static func words(_ digest: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    (
      UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self)),
      UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }

  /// `nil` unless there are exactly ``byteCount`` bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// 32 lower-case digits.
  public var hex: String {
    let bytes = bytes
    return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = Self.digit(byte >> 4)
        text[2 * index + 1] = Self.digit(byte & 15)
      }
      return bytes.count * 2
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
}

/// The workspace's secret, ready to hash with: the code has taken in the key and nothing else.
public struct HashSecret: Sendable {
  let code: HMAC<SHA256>

  public init(_ bytes: [UInt8]) { code = HMAC(key: SymmetricKey(data: bytes)) }
}
