import Testing

@testable import BookingXML

@Suite("Times in XML")
struct TimeTests {
    @Test("The quick way to read a time reads the same as the thorough one, or nothing")
    func plain() throws {
        let good = "2026-12-08T09:30:15"
        let known = try #require(XMLTime(Array(good.utf8)[...]))
        #expect(XMLTime(plain: Array(good.utf8).span) == known)
        var (found, refused) = (0, 0)
        for place in good.utf8.indices {
            for byte in UInt8(ascii: " ")...UInt8(ascii: "~") {
                var bytes = Array(good.utf8)
                bytes[good.utf8.distance(from: good.utf8.startIndex, to: place)] = byte
                guard let quick = XMLTime(plain: bytes.span) else {
                    refused += 1
                    continue
                }
                #expect(quick == XMLTime(bytes[...]), "\(String(decoding: bytes, as: UTF8.self))")
                found += 1
            }
        }
        #expect(found > 60 && refused > 1_000)
    }

    @Test(
        "What only the thorough way reads is left to it",
        arguments: [
            "2026-12-08", "2026-12-08T09:30", "2026-12-08T09:30:15Z", "2026-12-08T24:00:00", "2026-12-08T09:30:60",
        ])
    func other(text: String) {
        #expect(XMLTime(plain: Array(text.utf8).span) == nil)
        #expect(XMLTime(Array(text.utf8)[...]) != nil)
    }
}
