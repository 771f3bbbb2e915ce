import BookingXML
import Foundation
import TestSupport
import Testing

@Suite("Damaged files")
struct RobustnessTests {
    static let samples = Samples.all

    @Test("A sample that is cut at any byte is not accepted", arguments: samples)
    func cuts(file: URL) throws {
        let bytes = try [UInt8](Data(contentsOf: file))
        let root = try #require(bytes.lastIndex(of: UInt8(ascii: ">")))
        for length in 0..<root {
            let reading = Reading(Array(bytes[..<length]))
            #expect(reading.result.ending == .truncated, "\(length) bytes")
        }
        #expect(Reading(Array(bytes[...root])).result.isAccepted)
    }

    @Test("A sample with any byte changed ends in a verdict", arguments: samples)
    func flips(file: URL) throws {
        let bytes = try [UInt8](Data(contentsOf: file))
        let whole = Reading(bytes)
        var generator = SeededGenerator(seed: 4)
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= UInt8.random(in: 1...255, using: &generator)
            let reading = Reading(damaged)
            #expect(reading.items.count <= whole.items.count + 1, "byte \(index)")
            #expect(reading.result.isAccepted || !reading.result.diagnostics.isEmpty, "byte \(index)")
        }
    }
}
