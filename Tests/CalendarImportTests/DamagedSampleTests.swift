import CalendarImport
import Diagnostics
import Foundation
import TestSupport
import Testing

/// Every iCalendar sample, as an export that was damaged on its way; BookingXMLTests does the same with XML.
@Suite("Damaged exports")
struct DamagedSampleTests {
    static let samples = SampleTests.samples.filter { $0.hasSuffix(".ics") }

    private func bytes(_ sample: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: SampleTests.folder.appending(path: sample)))
    }

    @Test("A sample that is cut at any byte is not complete, and says why", arguments: samples)
    func cuts(sample: String) throws {
        let whole = try bytes(sample)
        let reader = try reader()
        // What follows the last letter is a line end, which nobody needs.
        let end = try #require(whole.lastIndex(of: UInt8(ascii: "R"))) + 1
        for length in 0..<end {
            let export = reader.read(Array(whole[..<length]), path: sample)
            #expect(export.ending != .complete, "cut at byte \(length)")
            #expect(export.diagnostics.contains { $0.severity == .error }, "cut at byte \(length)")
        }
        #expect(reader.read(Array(whole[..<end]), path: sample).ending == .complete)
    }

    @Test(
        "A sample with one bit of every other byte flipped is read, with findings that name lines of it",
        arguments: samples)
    func flips(sample: String) throws {
        let whole = try bytes(sample)
        let reader = try reader()
        var generator = SeededGenerator(seed: 9)
        for index in stride(from: 0, to: whole.count, by: 2) {
            var damaged = whole
            damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let lines = damaged.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
            let export = reader.read(damaged, path: sample)
            #expect(export.diagnostics.allSatisfy { (1...lines).contains($0.line ?? 1) }, "byte \(index)")
            #expect(export.diagnostics.allSatisfy { !$0.message.isEmpty }, "byte \(index)")
            #expect(export.ending == .complete || !export.diagnostics.isEmpty, "byte \(index)")
        }
    }
}
