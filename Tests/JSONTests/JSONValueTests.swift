import JSON
import Testing

@Suite struct `A JSON value` {
  private func value(_ text: String) throws -> JSONValue { try JSONDocument(parsing: Array(text.utf8)).root }

  @Test func `tells its kind`() throws {
    let kinds = try value(#"[{},[],"",1,18446744073709551615,1.0,true,null]"#).elements.map(\.kind)
    #expect(kinds == [.object, .array, .string, .integer, .unsigned, .double, .bool, .null])
  }

  @Test func `reads the numbers at the edges`() throws {
    #expect(try value("9223372036854775807").int == .max)
    #expect(try value("-9223372036854775808").int == .min)
    #expect(try value("18446744073709551615").int == nil)
    #expect(try value("18446744073709551615").double == 0x1p64)
    #expect(try value("1.7976931348623157e308").double == .greatestFiniteMagnitude)
    #expect(try value("5e-324").double == .leastNonzeroMagnitude)
    #expect(try value("1.0").int == nil)
    #expect(try value("3").double == 3)
  }

  @Test func `resolves escapes`() throws {
    #expect(try value(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000""#).string == "\"\\/\u{8}\u{c}\n\r\té😀\0")
  }

  @Test func `gives nil for another type`() throws {
    let number = try value("1")
    #expect(number.string == nil)
    #expect(number.bool == nil)
    #expect(number.array == nil)
    #expect(number["a"] == nil)
    #expect(!number.isNull)
    #expect(number.count == 0)
    #expect(Array(number.elements).isEmpty)
    #expect(Array(number.members).isEmpty)
    #expect(try value("\"1\"").int == nil)
    #expect(try value("\"1\"").double == nil)
  }

  @Test func `finds the first of repeated keys`() throws {
    let object = try value(#"{"a":1,"b":{"a":9},"a":2}"#)
    #expect(object["a"]?.int == 1)
    #expect(object["b"]?["a"]?.int == 9)
    #expect(object["c"] == nil)
    #expect(object.members.map(\.key) == ["a", "b", "a"])
    #expect(object.members.map { $0.value.text() } == ["1", #"{"a":9}"#, "2"])
  }

  @Test func `compares keys by their bytes`() throws {
    let object = try value("{\"e\u{301}\":1,\"\u{e9}\":2}")
    #expect(object["\u{e9}"]?.int == 2)
  }

  @Test func `writes itself without white space and in order`() throws {
    let text = #"{ "b" : [ 1 , -2.50, 1E3, true, false, null ], "a" : "\u00e9\/\n\u0001\"\\" , "c" : { } , "d": 18446744073709551615 }"#
    #expect(try value(text).text() == #"{"b":[1,-2.5,1000.0,true,false,null],"a":"é/\n\u0001\"\\","c":{},"d":18446744073709551615}"#)
  }

  @Test func `knows its path`() throws {
    let root = try value(#"{"x":[0,[{}, {"+49 151":{"id":1}}]]}"#)
    let inner = root["x"]?.array?[1].array?[1]["+49 151"]?["id"]
    #expect(inner?.path == "x[1][1].*.id")
    #expect(root.path == "")
  }
}
