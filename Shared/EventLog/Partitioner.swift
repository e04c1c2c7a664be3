/// The partitioner of both drivers: murmur2 as Java's Kafka client uses it for keys (librdkafka calls it `murmur2_random`), so that
/// other producers agree with us about where a key lives.
public enum Partitioner {
  /// The partition of a key among `count` partitions.
  public static func partition(of key: [UInt8], count: Int32) -> Int32 {
    Int32(bitPattern: murmur2(key) & 0x7fff_ffff) % count
  }

  /// MurmurHash2, 32 bit, seed 0x9747b28c, as in `org.apache.kafka.common.utils.Utils.murmur2`.
  public static func murmur2(_ data: [UInt8]) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: data.count)
    var index = 0
    while data.count - index >= 4 {
      var word = UInt32(data[index]) | UInt32(data[index + 1]) << 8 | UInt32(data[index + 2]) << 16 | UInt32(data[index + 3]) << 24
      word &*= multiplier
      word ^= word >> 24
      word &*= multiplier
      hash = (hash &* multiplier) ^ word
      index += 4
    }
    if index < data.count {
      for (shift, byte) in data[index...].enumerated() { hash ^= UInt32(byte) << UInt32(8 * shift) }
      hash &*= multiplier
    }
    hash ^= hash >> 13
    hash &*= multiplier
    return hash ^ (hash >> 15)
  }
}
