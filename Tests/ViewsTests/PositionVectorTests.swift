import Testing
import Views

@Suite struct PositionVectorTests {
  @Test func `a vector survives its text`() {
    let vector = PositionVector([3: 57, 0: 12])
    #expect(vector.description == "0:12,3:57")
    #expect(PositionVector("0:12,3:57") == vector)
    #expect(PositionVector("3:57,0:12") == vector)
  }

  @Test(arguments: ["", "0", "0:", ":1", "0:1,", "0:1,0:2", "-1:2", "0:-2", "0:1:2", "a:b", "0:9223372036854775808"])
  func `other texts are no vectors`(text: String) {
    #expect(PositionVector(text) == nil)
  }

  @Test func `a partition that is not named stands at its beginning`() {
    #expect(PositionVector([1: 5])[0] == 0)
  }
}
