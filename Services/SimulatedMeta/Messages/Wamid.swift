import Foundation

/// Message ids in the shape of Meta's: a small binary frame with the customer's digits and twenty hexadecimal ones, in base64.
struct WamidMaker: Sendable {
  private let runKey: UInt64
  private var counter: UInt64 = 0

  init(runKey: UInt64) { self.runKey = runKey }

  /// Never the same twice for one key.
  mutating func next(digits: String, isFromBusiness: Bool) -> String {
    counter += 1
    let unique = hex(SeededRandom.mix(runKey &+ counter), digits: 16) + hex(counter & 0xff, digits: 2)
    var frame: [UInt8] = [0x1c, 0x18, UInt8(digits.utf8.count)] + digits.utf8
    frame += [0x15, 0x02, 0x00, isFromBusiness ? 0x11 : 0x12, 0x18, 0x14] + "3A\(unique.uppercased())".utf8 + [0x00]
    return "wamid." + Data(frame).base64EncodedString()
  }
}
