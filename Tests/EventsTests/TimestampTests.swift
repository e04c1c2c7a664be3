import Events
import Foundation
import JSON
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T12:00:00.500Z", 951_825_600_500),
    ("2026-11-21T03:46:20.123Z", 1_795_232_780_123), ("0000-01-01T00:00:00.000Z", -62_167_219_200_000),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
  ])
  func `a moment has one text, which reads as that moment`(text: String, milliseconds: Int64) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    ("2026-11-21T03:46:20Z", "2026-11-21T03:46:20.000Z"), ("2026-11-21t03:46:20.1z", "2026-11-21T03:46:20.100Z"),
    ("2026-11-21 03:46:20.123456789Z", "2026-11-21T03:46:20.123Z"), ("2026-11-21T03:46:20+05:30", "2026-11-20T22:16:20.000Z"),
    ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000Z"), ("2026-11-21T03:46:20-00:00", "2026-11-21T03:46:20.000Z"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
  ])
  func `every form of RFC 3339 is read`(text: String, canonical: String) {
    #expect(Timestamp(text)?.description == canonical)
  }

  @Test(arguments: [
    "", "now", "2026-11-21", "2026-11-21T03:46:20", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-30T00:00:00Z",
    "2026-11-21T24:00:00Z", "2026-11-21T03:60:00Z", "2026-11-21T03:46:61Z", "2026-11-21T03:46:20.Z", "2026-11-21T03:46:20+0530",
    "2026-11-21T03:46:20+24:00", "2026-11-21T03:46:20+05:60", "2026-11-21T03:46:20Z ", " 2026-11-21T03:46:20Z", "+026-11-21T03:46:20Z",
    "2026-11-21T03:46:20.5", "٢٠٢٦-11-21T03:46:20Z", "1795232780",
  ])
  func `anything else is no moment`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(arguments: [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false), (2400, true)])
  func `29 February exists in leap years only`(year: Int, leap: Bool) {
    #expect((Timestamp("\(year)-02-29T00:00:00Z") != nil) == leap)
    #expect((Timestamp("\(year)-03-01T00:00:00Z")?.adding(milliseconds: -1).description.hasPrefix("\(year)-02-29")) == leap)
  }

  @Test func `texts agree with Foundation's`() throws {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    var random = SplitMix64(seed: 4_711)
    // From 1600 on: before the calendar's change of 1582 the two disagree by design.
    let moments = (Timestamp("1600-01-01T00:00:00Z")?.milliseconds ?? 0)...Timestamp.latest.milliseconds
    for _ in 0..<5_000 {
      let timestamp = Timestamp(milliseconds: .random(in: moments, using: &random))
      let date = Date(timeIntervalSince1970: Double(timestamp.milliseconds) / 1_000)
      // Half a millisecond more, as Foundation cuts a fraction that a Double may hold too low.
      #expect(timestamp.description == style.format(date.addingTimeInterval(0.0005)))
      #expect(Timestamp(timestamp.description) == timestamp)
    }
  }

  @Test func `a moment that RFC 3339 cannot write becomes the nearest one that it can`() {
    #expect(Timestamp(milliseconds: .max) == Timestamp.latest)
    #expect(Timestamp(seconds: .max).description == "9999-12-31T23:59:59.999Z")
    #expect(Timestamp(seconds: .min).description == "0000-01-01T00:00:00.000Z")
    #expect(Timestamp.latest.adding(hours: 1) == Timestamp.latest)
    #expect(Timestamp("9999-12-31T23:59:59-23:59") == Timestamp.latest)
  }

  @Test func `text order of moments is their order`() {
    var random = SplitMix64(seed: 7)
    let moments = (0..<500).map { _ in
      Timestamp(milliseconds: .random(in: Timestamp.earliest.milliseconds...Timestamp.latest.milliseconds, using: &random))
    }
    #expect(moments.sorted() == moments.sorted { $0.description < $1.description })
  }

  @Test func `JSON of the wrong kind is refused without its content`() {
    #expect(throws: JSONError.self) { try JSONReader.decode(Timestamp.self, from: Array("1795232780".utf8)) }
    let error = #expect(throws: JSONError.self) { try JSONReader.decode(Timestamp.self, from: Array(#""yesterday""#.utf8)) }
    #expect(error.map(String.init(describing:))?.contains("yesterday") == false)
  }
}

/// A generator with a seed, so that a failure can be repeated (S. Vigna, "splitmix64", public domain).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
