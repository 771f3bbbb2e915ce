import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("Reading XML from strangers")
struct ParserTests {
    private static let booking =
        #"<booking id="x"><room>r</room><start>2026-12-08T10:00:00Z</start><duration>PT1H</duration></booking>"#
    private static let root = #"<bookings xmlns="urn:bookwatch:bookings:1">"#
    private static let file = "\(root)\(booking)</bookings>"

    struct Verdict: CustomTestStringConvertible {
        var name: String
        var code: String?
        var text: String
        var testDescription: String { name }
    }

    @Test(
        "A file counts as a whole or not at all",
        arguments: [
            Verdict(name: "good", code: nil, text: file),
            Verdict(name: "empty", code: "SRC003", text: ""),
            Verdict(name: "one byte", code: "SRC003", text: "<"),
            Verdict(name: "blank", code: "SRC003", text: "     \n   "),
            Verdict(name: "cut", code: "SRC003", text: "\(root)\(booking)"),
            Verdict(name: "cut in a tag", code: "SRC003", text: "\(root)\(booking)<booking id=\""),
            Verdict(name: "wrong end", code: "XML001", text: "\(root)\(booking)</booking>"),
            Verdict(name: "after the root", code: "XML001", text: "\(file)more"),
            Verdict(name: "prefix", code: "XML001", text: "\(root)\(booking)<x:y/></bookings>"),
            Verdict(name: "prefixed attribute", code: "XML001", text: "\(root)\(booking)<y x:z=''/></bookings>"),
            Verdict(name: "control character", code: "XML001", text: "\(root)\(booking)\u{1}</bookings>"),
            Verdict(name: "entity declared", code: "XML002", text: "<!DOCTYPE b [<!ENTITY a 'b'>]>\(file)"),
            Verdict(name: "parameter entity", code: "XML002", text: "<!DOCTYPE b [<!ENTITY % a 'b'>%a;]>\(file)"),
            Verdict(name: "parameter entity used", code: "XML002", text: "<!DOCTYPE b [%a;]>\(file)"),
            Verdict(
                name: "unparsed entity", code: "XML002",
                text: "<!DOCTYPE b [<!NOTATION n SYSTEM 'n'><!ENTITY a SYSTEM 'a' NDATA n>]>\(file)"),
            Verdict(
                name: "external entity", code: "XML002",
                text: "<!DOCTYPE b [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>\(root)&a;</bookings>"),
            Verdict(name: "entity used", code: "XML002", text: "\(root)&nbsp;\(booking)</bookings>"),
            Verdict(
                name: "entity used after a DOCTYPE", code: "XML002",
                text: "<!DOCTYPE b SYSTEM 'b.dtd'>\(root)&nbsp;\(booking)</bookings>"),
            Verdict(
                name: "entity used in an attribute", code: "XML002",
                text: "<!DOCTYPE b SYSTEM 'b.dtd'>\(root)<a b='&c;'/>\(booking)</bookings>"),
            Verdict(
                name: "DOCTYPE alone", code: nil, text: "<!DOCTYPE b PUBLIC '-//X//Y' 'http://127.0.0.1:9/b'>\(file)"),
            Verdict(name: "unknown root", code: "XML003", text: "<html>\(booking)</html>"),
            Verdict(name: "our root without its namespace", code: "XML003", text: "<bookings>\(booking)</bookings>"),
            Verdict(
                name: "unknown encoding", code: "SRC007", text: "<?xml version='1.0' encoding='x-klingon'?>\(file)"),
            Verdict(name: "UTF-7", code: "SRC007", text: "<?xml version='1.0' encoding='UTF-7'?>\(file)"),
            Verdict(name: "EBCDIC declared", code: "SRC007", text: "<?xml version='1.0' encoding='IBM037'?>\(file)"),
            Verdict(name: "Shift_JIS", code: "SRC007", text: "<?xml version='1.0' encoding='Shift_JIS'?>\(file)"),
            Verdict(name: "no XML", code: "SRC007", text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
            Verdict(
                name: "predefined entities", code: nil,
                text: "\(root)\(booking.replacing(">r<", with: ">&lt;&amp;&#169;<"))</bookings>"),
            Verdict(name: "version 1.1", code: nil, text: "<?xml version='1.1'?>\(file)"),
        ])
    func verdicts(verdict: Verdict) {
        let reading = Reading(verdict.text)
        #expect(reading.codes == [verdict.code].compactMap(\.self))
        #expect(reading.result.isAccepted == (verdict.code == nil))
        #expect((reading.result.ending == .truncated) == (verdict.code == "SRC003"))
    }

    @Test("A file of ever new names ends at the limit, whatever they are names of")
    func names() {
        let elements = (0..<20_000).map { "<n\($0)/>" }.joined()
        let attributes = (0..<20_000).map { "<n a\($0)=''/>" }.joined()
        let namespaces = (0..<20_000).map { "<n xmlns='\($0)'/>" }.joined()
        for content in [elements, attributes, namespaces] {
            let reading = Reading("\(Self.root)\(content)</bookings>")
            #expect(reading.codes.last == "XML006" && !reading.result.isAccepted)
        }
    }

    @Test("A long CDATA section is text like any other, in whatever pieces it comes", arguments: [1 << 14, 999])
    func longSection(size: Int) throws {
        let title = String(repeating: "Long. ", count: 100_000)
        let booking = Self.booking.replacing("<start>", with: "<title><![CDATA[\(title)]]></title><start>")
        let reading = Reading(Array("\(Self.root)\(booking)</bookings>".utf8), piecesOf: size)
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.first?.event.summary == title.trimmingCharacters(in: .whitespaces))
    }

    @Test("An ampersand in an attribute is one, however it is written")
    func ampersands() {
        let booking = Self.booking.replacing("id=\"x\"", with: "id=\"a&amp;b&#38;c&#x26;&amp;#65;\"")
            .replacing("</booking>", with: "<settings password=\"&amp;\"/></booking>")
        let reading = Reading("\(Self.root)\(booking)</bookings>")
        #expect(reading.bookings.map(\.event.uid) == ["a&b&c&&#65;"])
        #expect(reading.bookings.map(\.settings.password) == ["&"])
    }

    @Test("The fault's line is told")
    func line() {
        let reading = Reading("<!DOCTYPE b>\n\(Self.root)\n\n</booking>")
        #expect(reading.result.diagnostics.map(\.line) == [4])
    }

    @Test("Encodings of the list are read alike", arguments: Encoding.allCases)
    func encodings(encoding: Encoding) {
        let reading = Reading(
            encoding.bytes("\(Self.root)\(Self.booking.replacing(">r<", with: ">Größe €<"))</bookings>"))
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.rooms) == [["Größe €"]])
    }

    @Test(
        "Bytes that are no characters of the encoding end the file, wherever they are",
        arguments: [0, 1, 20_000], [true, false])
    func brokenCharacters(spaces: Int, isAfterRoot: Bool) {
        let space = String(repeating: " ", count: spaces)
        let start = isAfterRoot ? "\(Self.file)\(space)" : "\(Self.root)\(space)"
        var bytes = Encoding.utf16BigEndian.bytes(start)
        // Half of a surrogate pair.
        bytes += [0xD8, 0x00, 0xD8, 0x00]
        if !isAfterRoot { bytes += "\(Self.booking)</bookings>".utf8.flatMap { [0, $0] } }
        let reading = Reading(bytes)
        #expect(reading.codes == ["SRC007"])
        #expect(reading.result.ending == .refused)
    }

    enum Encoding: CaseIterable {
        case utf8, utf8WithMark, utf16BigEndian, utf16LittleEndian, latin9, windows1252

        func bytes(_ text: String) -> [UInt8] {
            switch self {
            case .utf8: Array("<?xml version='1.0' encoding='utf-8'?>\(text)".utf8)
            case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case .utf16BigEndian: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case .utf16LittleEndian:
                [0xFF, 0xFE]
                    + "<?xml version='1.0' encoding='UTF-16'?>\(text)".utf16.flatMap {
                        [UInt8($0 & 0xFF), UInt8($0 >> 8)]
                    }
            case .latin9: single("<?xml version='1.0' encoding='ISO-8859-15'?>\(text)", euro: 0xA4)
            case .windows1252: single("<?xml version='1.0' encoding='windows-1252'?>\(text)", euro: 0x80)
            }
        }

        private func single(_ text: String, euro: UInt8) -> [UInt8] {
            text.unicodeScalars.map { $0 == "€" ? euro : UInt8(truncatingIfNeeded: $0.value) }
        }
    }

    @Test("A limit ends the file with XML006", arguments: ["depth", "tag", "comment", "attributes", "declarations"])
    func limits(name: String) {
        let text =
            switch name {
            case "depth": String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)
            case "tag": "<a b=\"\(String(repeating: "x", count: 300_000))\"/>"
            case "comment": "<!--\(String(repeating: "x", count: 300_000))-->"
            case "attributes": "<a \((0...256).map { "a\($0)=''" }.joined(separator: " "))/>"
            default: ""
            }
        let declarations = (0...16).map { "<!ATTLIST a b\($0) CDATA 'c'>" }.joined()
        let prologue = name == "declarations" ? "<!DOCTYPE a [\(declarations)]>" : ""
        let reading = Reading("\(prologue)\(Self.root)\(text)</bookings>")
        #expect(reading.codes == ["XML006"])
        #expect(reading.result.ending == .refused)
    }

    @Test("What just keeps a limit is read")
    func withinLimits() {
        let deep = String(repeating: "<a>", count: 63) + String(repeating: "</a>", count: 63)
        let wide = "<a \((0..<256).map { "a\($0)=''" }.joined(separator: " "))/>"
        let reading = Reading("\(Self.root)\(deep)\(wide)\(Self.booking)</bookings>")
        #expect(reading.codes == ["XML008", "XML008"])
        #expect(reading.bookings.count == 1)
    }

    @Test("A record over a limit costs itself only, in whatever pieces it comes", arguments: [1 << 14, 300, 1])
    func recordLimits(size: Int) {
        var limits = XMLLimits()
        limits.textBytesPerRecord = 1_000
        limits.elementsPerRecord = 100
        let long = Self.booking.replacing(">r<", with: ">\(String(repeating: "x", count: 1_001))<")
        let many = Self.booking.replacing("<room>r</room>", with: String(repeating: "<room>r</room>", count: 100))
        let attribute = Self.booking.replacing("<room>", with: "<room a=\"\(String(repeating: "x", count: 1_001))\">")
        let file = [Self.root, long, many, Self.booking, attribute, Self.booking, "</bookings>"].joined(separator: "\n")
        let reading = Reading(Array(file.utf8), piecesOf: size, limits: limits)
        #expect(reading.result.isAccepted)
        #expect(reading.codes == ["XML006", "XML006", "XML006"])
        #expect(reading.rejections.map(\.line) == [2, 3, 5])
        #expect(reading.bookings.map(\.event.uid) == ["x", "x"])
    }

    @Test("Defaults of a DTD are not what the file says")
    func defaultAttributes() {
        let reading = Reading("<!DOCTYPE b [<!ATTLIST booking status CDATA 'cancelled'>]>\(Self.file)")
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.event.status) == [nil])
    }

    @Test("Bookings come out before a later fault, and the file does not count")
    func laterFault() {
        let reading = Reading(Self.root + Self.booking + String(repeating: " ", count: 40_000) + "</oops>")
        #expect(reading.bookings.count == 1)
        #expect(reading.result.ending == .refused)
    }

    @Test("Pieces of any size give the same", arguments: [1, 2, 3, 7, 100, 16_384, 20_000])
    func pieces(size: Int) throws {
        for file in Samples.all {
            let whole = try Reading(file: file)
            let bytes = try [UInt8](Data(contentsOf: file))
            let pieces = Reading(bytes, piecesOf: size)
            #expect(pieces.items == whole.items)
            #expect(pieces.result == whole.result)
        }
    }
}
