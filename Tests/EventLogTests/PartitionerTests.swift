import EventLog
import Testing

@Suite struct PartitionerTests {
  /// The vectors of Apache Kafka's own `UtilsTest.testMurmur2`.
  @Test(arguments: [
    ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
    ("a-little-bit-longer-string", -1_486_304_829), ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
    ("abc", 479_470_107),
  ])
  func `murmur2 agrees with Java's`(text: String, hash: Int) {
    #expect(Int(Int32(bitPattern: Partitioner.murmur2(Array(text.utf8)))) == hash)
  }

  @Test func `a key lives in the partition that other producers give it`() {
    #expect(Partitioner.partition(of: Array("foobar".utf8), count: 12) == Int32((-790_332_482 & 0x7fff_ffff) % 12))
  }
}
