/// Digits of E.164 in the one form under which we know a customer. Providers write some countries' mobile numbers in two ways
/// (contract, section 12).
public enum PhoneNumber {
  static let digits = 5...20

  /// The normalised digits, or `nil` for a text that is no phone number.
  public static func normalise(_ text: String) -> String? {
    var number: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number.append(byte)
      case UInt8(ascii: "+") where number.isEmpty: continue
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"): continue
      default: return nil
      }
    }
    guard digits.contains(number.count) else { return nil }
    normaliseCountry(&number)
    return String(decoding: number, as: UTF8.self)
  }

  private static func normaliseCountry(_ number: inout [UInt8]) {
    switch number.count {
    // Brazil: mobile numbers of an area got a ninth digit, 9, in front; landlines begin with 2 to 5 and did not.
    case 12 where number.starts(with: "55".utf8) && number[4] >= UInt8(ascii: "6"): number.insert(UInt8(ascii: "9"), at: 4)
    // Mexico: the 1 after the country code marked mobile numbers until 2019.
    case 13 where number.starts(with: "521".utf8): number.remove(at: 2)
    // Argentina: the 9 after the country code marks mobile numbers in international writing only.
    case 13 where number.starts(with: "549".utf8): number.remove(at: 2)
    default: break
    }
  }
}
