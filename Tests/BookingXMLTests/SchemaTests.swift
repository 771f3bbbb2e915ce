import BookingXML
import Foundation
import Testing

@Suite("The schema of the native vocabulary", .enabled(if: xmllint != nil, "no xmllint: install libxml2-utils"))
struct SchemaTests {
    @Test("xmllint and our reader agree on each sample", arguments: Samples.files(in: "native-xml"))
    func agreement(file: URL) throws {
        let reading = try Reading(file: file)
        #expect(try isValid(file) == reading.codes.isEmpty, "\(reading.codes)")
    }

    private static let room = "<room>r</room>"
    private static let start = "<start>2026-12-08T10:00:00Z</start>"
    private static let times = "\(start)<duration>PT1H</duration>"
    private static let good = "<booking id='a'>\(room)\(times)</booking>"

    /// Each departs from `good` in one way, or not at all.
    private static let bookings = [
        good,
        "",
        "<booking>\(room)\(times)</booking>",
        "<booking id=''>\(room)\(times)</booking>",
        "<booking id=' '>\(room)\(times)</booking>",
        "<booking id='a&amp;b'>\(room)\(times)</booking>",
        "<booking id='a' colour='red'>\(room)\(times)</booking>",
        "<booking id='a' xmlns:x='urn:x' x:colour='red'>\(room)\(times)</booking>",
        "<booking id='a' status='confirmed'>\(room)\(times)</booking>",
        "<booking id='a' status=' tentative '>\(room)\(times)</booking>",
        "<booking id='a' status='Confirmed'>\(room)\(times)</booking>",
        "<booking id='a' status=''>\(room)\(times)</booking>",
        "<booking id='a' revision='2147483647'>\(room)\(times)</booking>",
        "<booking id='a' revision='2147483648'>\(room)\(times)</booking>",
        "<booking id='a' revision='-1'>\(room)\(times)</booking>",
        "<booking id='a' revision='two'>\(room)\(times)</booking>",
        "<booking id='a'>\(times)</booking>",
        "<booking id='a'><room/>\(times)</booking>",
        "<booking id='a'><room> </room>\(times)</booking>",
        "<booking id='a'>\(room)\(room)\(times)</booking>",
        "<booking id='a'>\(times)\(room)</booking>",
        "<booking id='a'>\(room)<title>t</title><owner>o</owner>\(times)</booking>",
        "<booking id='a'>\(room)<owner>o</owner><title/>\(times)</booking>",
        "<booking id='a'>\(room)<title>t</title><title>u</title>\(times)</booking>",
        "<booking id='a'>\(room)<colour>red</colour>\(times)</booking>",
        "<booking id='a'>\(room)<duration>PT1H</duration></booking>",
        "<booking id='a'>\(room)\(start)</booking>",
        "<booking id='a'>\(room)\(times)<end>2026-12-08T11:00:00Z</end></booking>",
        "<booking id='a'>\(room)\(start)<end>2026-12-08T11:00:00Z</end></booking>",
        "<booking id='a'>\(room)\(start)<end>11:00</end></booking>",
        "<booking id='a'>\(room)<start>2026-12-08</start><end>2026-12-09</end></booking>",
        "<booking id='a'>\(room)<start>2026-02-30</start><end>2026-03-01</end></booking>",
        "<booking id='a'>\(room)<start>2026-12-08T25:00:00</start><duration>PT1H</duration></booking>",
        "<booking id='a'>\(room)<start zone='Europe/Berlin'>2026-12-08T10:00:00</start><duration>PT1H</duration></booking>",
        "<booking id='a'>\(room)<start colour='red'>2026-12-08T10:00:00</start><duration>PT1H</duration></booking>",
        "<booking id='a'>\(room)\(start)<duration>1 hour</duration></booking>",
        "<booking id='a'>\(room)\(start)<duration>P1W</duration></booking>",
        "<booking id='a'>\(room)\(start)<duration>P1DT2H</duration></booking>",
        "<booking id='a'>\(room)\(start)<duration>PT</duration></booking>",
        "<booking id='a'>\(room)\(start)<duration>P1M</duration></booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='FREQ=DAILY;COUNT=2'/></booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='daily'/></booking>",
        "<booking id='a'>\(room)\(times)<repeat/></booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='FREQ=DAILY'><except>2026-12-09T10:00:00Z</except></repeat></booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='FREQ=DAILY'><except>tomorrow</except></repeat></booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='FREQ=DAILY'><but>2026-12-09</but></repeat></booking>",
        "<booking id='a'>\(room)\(times)<settings lobby='true' max-occupants='3' password='x'/></booking>",
        "<booking id='a'>\(room)\(times)<settings colour='red'/></booking>",
        "<booking id='a'>\(room)\(times)<settings lobby='1'/><settings lobby='0'/></booking>",
        "<booking id='a' recurrence-of='b' occurrence='2026-12-08T10:00:00Z'>\(room)\(times)</booking>",
        "<booking id='a' recurrence-of='' occurrence='2026-12-08T10:00:00Z'>\(room)\(times)</booking>",
        "<booking id='a' recurrence-of='b' occurrence='once'>\(room)\(times)</booking>",
        "<booking id='a' recurrence-of='b' occurrence='2026-12-08 10:00:00'>\(room)\(times)</booking>",
        "<booking id='a'>\(room)\(times)<settings lobby='yes'/></booking>",
        "<booking id='a'>\(room)\(times)<settings lobby='True'/></booking>",
        "<booking id='a'>\(room)\(times)<settings lobby=' 0 '/></booking>",
        "<booking id='a'>\(room)\(times)<settings lobby=''/></booking>",
        "<booking id='a'>\(room)\(times)<settings max-occupants=' +012 '/></booking>",
        "<booking id='a'>\(room)\(times)<settings max-occupants='0'/></booking>",
        "<booking id='a'>\(room)\(times)<settings max-occupants='many'/></booking>",
        "<booking id='a'>\(room)\(times)<settings max-occupants='99999999999999999999'/></booking>",
        "<booking id='a'>\(room)\(times)<settings password='\(String(repeating: "é", count: 200))'/></booking>",
        "<booking id='a'>\(room)\(times)<settings password='\(String(repeating: "é", count: 201))'/></booking>",
        "<booking id='a'>\(room)\(times)<settings> \n </settings></booking>",
        "<booking id='a'>\(room)\(times)<settings>on</settings></booking>",
        "<booking id='a'>stray\(room)\(times)</booking>",
        "<booking id='a'>\(room)stray\(times)</booking>",
        "<booking id='a'>\(room)\(times)stray</booking>",
        "<booking id='a'>\n \(room) \n \(times) \n </booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='FREQ=DAILY'>and<except>2026-12-09</except></repeat></booking>",
        "stray",
        "stray\(good)",
        "\(good)stray\(good)",
        "\(good) \n <![CDATA[stray]]>",
        " \n \(good) \n \(good) \n ",
        "<Booking id='a'>\(room)\(times)</Booking>",
        "<booking xmlns='' id='a'>\(room)\(times)</booking>",
        "<note/>",
        "<booking id='a'>\(room)<owner/>\(times)</booking>",
        "<booking id='a'><room>r<b/></room>\(times)</booking>",
        "<booking id='a'>\(room)\(start)<duration>-PT1H</duration></booking>",
        "<booking id='a'>\(room)\(start)<duration>+PT1H</duration></booking>",
        "<booking id='a'>\(room)<start zone=''>2026-12-08T10:00:00</start><duration>PT1H</duration></booking>",
        "<booking id='a'>\(room)\(times)<repeat rule='FREQ=DAILY'><also>2026-12-09</also><except>2026-12-09</except></repeat></booking>",
    ]

    @Test(
        "They agree on how times are written",
        arguments: [
            "2026-12-08T10:00:00", "2026-12-08T10:00:00.25", "2026-12-08T10:00:00Z", "2026-12-08T10:00:00-03:30",
            "2026-12-08T24:00:00Z", "2026-12-08T10:00:00+14:00", "2026-12-08T10:00:00+14:30", "2026-12-08T10:00:00+01",
            "2026-12-08T10:00:00+0100", "2026-12-08T10:00", "2026-12-08T10:00Z", "2026-12-08 10:00:00",
            "2026-12-08T10:00:60Z", " 2026-12-08T10:00:00Z ", "2026-12-08T10:00:00.Z", "08.12.2026",
        ])
    func formsOfTimes(time: String) throws {
        let text =
            "<bookings xmlns='urn:bookwatch:bookings:1'><booking id='a'>\(Self.room)<start>\(time)</start>"
            + "<duration>PT1H</duration></booking></bookings>"
        #expect(try isValid(text) == Reading(text).codes.isEmpty, "\(Reading(text).codes)")
    }

    @Test("They agree on each departure", arguments: bookings)
    func departure(booking: String) throws {
        let text = "<bookings xmlns='urn:bookwatch:bookings:1'>\(booking)</bookings>"
        let reading = Reading(text)
        #expect(try isValid(text) == reading.codes.isEmpty, "\(reading.codes)")
    }

    @Test(
        "They agree on the root",
        arguments: [
            "", " source='s' zone='Europe/Berlin' mode='snapshot'", " mode='changes'", " mode='both'", " mode=''",
            " colour='red'", " xmlns:x='urn:x' x:colour='red'", " zone=''", " source=' '",
        ])
    func root(attributes: String) throws {
        let text = "<bookings xmlns='urn:bookwatch:bookings:1'\(attributes)>\(Self.good)</bookings>"
        #expect(try isValid(text) == Reading(text).codes.isEmpty)
    }
}

/// Whether xmllint finds that a document of the native vocabulary fits its schema.
func isValid(_ text: String) throws -> Bool {
    let file = FileManager.default.temporaryDirectory.appending(path: "bookwatch-\(UUID().uuidString).xml")
    try Data(text.utf8).write(to: file)
    defer {
        do { try FileManager.default.removeItem(at: file) } catch { Issue.record(error) }
    }
    return try isValid(file)
}

private func isValid(_ file: URL) throws -> Bool {
    let process = Process()
    process.executableURL = xmllint
    process.arguments = ["--nonet", "--noout", "--schema", schema.path, file.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
}

let xmllint: URL? = {
    let places = ["/usr/bin/xmllint", "/usr/local/bin/xmllint", "/opt/homebrew/bin/xmllint"]
    return places.first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }
}()

/// The target that is tested, in the checkout.
let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/BookingXML")
let schema = sources.appending(path: "Schema/bookings.xsd")
