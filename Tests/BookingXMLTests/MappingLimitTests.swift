import BookingXML
import Testing

@Suite("What a mapped file may cost is limited")
struct MappingLimitTests {
    private static let good = "<e><r>r</r></e>"

    private static func mapping(_ room: String = "r", each: String? = nil) throws -> XMLMapping {
        try .of("/p/e", [.room: room, .start: "'2026-12-08'", .duration: "'P1D'"], each: each)
    }

    private func reading(
        _ record: String, room: String = "r", each: String? = nil, change: (inout XMLLimits) -> Void = { _ in }
    ) throws -> Reading {
        var limits = XMLLimits()
        change(&limits)
        return Reading(
            "<p>\(Self.good)\n\(record)\n\(Self.good)</p>", mappings: [try Self.mapping(room, each: each)],
            limits: limits)
    }

    private func expectOneRejection(_ reading: Reading, _ reason: String) {
        #expect(reading.result.isAccepted)
        #expect(reading.bookings.count == 2)
        #expect(reading.rejections.map(\.line) == [2])
        #expect(reading.rejections.flatMap(\.diagnostics).map(\.code) == [.limit])
        #expect(reading.rejections.flatMap(\.diagnostics).allSatisfy { $0.message.contains(reason) })
    }

    @Test("Elements of a record")
    func elements() throws {
        let record = "<e><r>r</r>\(String(repeating: "<x/>", count: 5_000))</e>"
        expectOneRejection(try reading(record), "too many elements")
        #expect(try reading(record) { $0.elementsPerMappedRecord = 5_001 }.rejections.isEmpty)
    }

    @Test("Text and attributes of a record")
    func bytes() throws {
        let text = String(repeating: "x", count: 600_000)
        expectOneRejection(try reading("<e><r>r</r>\(text)</e>"), "too much text")
        let attributes = String(repeating: "<x y='\(text.prefix(100_000))'/>", count: 6)
        expectOneRejection(try reading("<e>\(attributes)<r>r</r></e>"), "too much text")
    }

    @Test("Rows of a record")
    func rows() throws {
        let record = "<e><r>\(String(repeating: "<x/>", count: 1_001))</r></e>"
        let reading = try reading(record, room: "'r'", each: "r/x | self::*[not(r/x)]")
        expectOneRejection(reading, "too many rows")
    }

    @Test("What a record gives")
    func values() throws {
        let record = "<e>\(String(repeating: "<r>\(String(repeating: "x", count: 1_000))</r>", count: 300))</e>"
        expectOneRejection(try reading(record, room: "r | r/text()"), "too many values")
    }

    @Test("Steps of XPath for a record: of a hostile one, nothing else suffers")
    func steps() throws {
        let record = "<e><r>r</r>\(String(repeating: "<x/>", count: 4_000))</e>"
        expectOneRejection(
            try reading(record, room: "r[not(../x[count(../x) = 1])] | r[count(..//x[count(..//x) > 9999]) = 0]"),
            "too long")
    }

    @Test("Steps of XPath for a file: what comes after them is rejected")
    func stepsOfFile() throws {
        let record = "<e><r>r</r>\(String(repeating: "<x/>", count: 20))</e>"
        let text = "<p>\(String(repeating: record, count: 100))</p>"
        var limits = XMLLimits()
        limits.xpathSteps = 1_000
        limits.xpathStepsPerByte = 0
        let mapping = try Self.mapping("r[count(..//x[count(../x) = 20]) = 20]")
        let reading = Reading(text, mappings: [mapping], limits: limits)
        #expect(reading.items.count == 100)
        #expect((10...40).contains(reading.bookings.count), "\(reading.bookings.count)")
        #expect(Reading(text, mappings: [mapping]).bookings.count == 100)
    }

    @Test("Namespaces of a file")
    func namespaces() throws {
        let record = (0..<300).map { "<x xmlns='urn:\($0)'/>" }.joined()
        let reading = try reading("<e>\(record)</e>")
        #expect(!reading.result.isAccepted)
        #expect(reading.result.diagnostics.map(\.code) == [.limit])
    }

    @Test("Long text in many pieces is put together once")
    func pieces() throws {
        var limits = XMLLimits()
        limits.bytesPerMappedRecord = 64 << 20
        let text = String(repeating: "&lt;x", count: 1_000_000)
        let mapping = try Self.mapping("substring(r, 1, 3)")
        let reading = Reading("<p><e><r>\(text)</r></e></p>", mappings: [mapping], limits: limits)
        #expect(reading.bookings.map(\.rooms) == [["<x<"]])
    }
}
