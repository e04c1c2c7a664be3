import Foundation
import JSON
import Testing

@Suite struct `Beside Foundation's coders` {
  private static let seeds = Array(UInt64(1)...60)

  private func sample(_ seed: UInt64) -> Sample {
    var generator = SeededGenerator(seed: seed)
    return Sample.random(depth: 2, using: &generator)
  }

  @Test(arguments: seeds)
  func `a value survives every pair of writer and reader`(seed: UInt64) throws {
    let value = sample(seed)
    let ours = try JSONWriter.encode(value)
    let theirs = try JSONEncoder().encode(value)
    #expect(try JSONReader.decode(Sample.self, from: ours) == value)
    #expect(try JSONReader.decode(Sample.self, from: Array(theirs)) == value)
    #expect(try JSONDecoder().decode(Sample.self, from: Data(ours)) == value)
  }

  @Test(arguments: seeds)
  func `both write the same document`(seed: UInt64) throws {
    let value = sample(seed)
    let ours = try JSONSerialization.jsonObject(with: Data(JSONWriter.encode(value))) as? NSDictionary
    let theirs = try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? NSDictionary
    #expect(ours != nil)
    #expect(ours == theirs)
  }

  @Test(arguments: seeds)
  func `text that is read and written again stays the same`(seed: UInt64) throws {
    let bytes = try JSONWriter.encode(sample(seed))
    let value = try JSONDocument(parsing: bytes).root
    #expect(try JSONDocument(parsing: value.bytes()).root.bytes() == value.bytes())
    #expect(try JSONReader.decode(Sample.self, from: value.bytes()) == sample(seed))
  }

  @Test(arguments: seeds)
  func `equal values give equal bytes`(seed: UInt64) throws {
    var value = sample(seed)
    value.tags = []
    value.children = []
    var copy = value
    copy.names = [:]
    for (key, name) in value.names.sorted(by: { $0.key > $1.key }) { copy.names[key] = name }
    #expect(try JSONWriter.encode(value) == JSONWriter.encode(copy))
  }
}
