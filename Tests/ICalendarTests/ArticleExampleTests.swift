import Foundation
import ICalendar
import Testing

// The example of ICalendar.docc, to the letter.
func agenda(of file: [UInt8], in window: Range<Date>) -> [String] {
    var lines: [String] = []
    for calendar in CalendarDocument(file).calendars {
        let resolver = TimeZoneResolver(
            database: .system, vtimezones: calendar.vtimezones().zones, defaultZone: .utc)
        let events = calendar.events.filter { !$0.isRejected }.map(\.event)
        for series in EventSeries.grouping(events) {
            for occurrence in series.expansion(in: window, resolver: resolver).occurrences {
                let event = series.event(of: occurrence.component)
                lines.append("\(occurrence.startText) \(event.summary)")
            }
        }
    }
    return lines
}

@Suite("The article of the library")
struct ArticleExampleTests {
    @Test("Its example lists a series with an exception and an override")
    func result() throws {
        let master = "BEGIN:VEVENT\nUID:a\nDTSTART:20261201T090000Z\nDURATION:PT1H\nSUMMARY:Board\n"
        let override = "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261208T090000Z\nDTSTART:20261208T140000Z\nSUMMARY:Late\n"
        let text = calendar(
            master + "RRULE:FREQ=WEEKLY\nEXDATE:20261215T090000Z\nEND:VEVENT\n" + override + "END:VEVENT")
        let start = try Date("2026-12-01T00:00:00Z", strategy: .iso8601)
        let window = start..<start.addingTimeInterval(28 * 86_400)
        #expect(
            agenda(of: Array(text.utf8), in: window) == [
                "2026-12-01T09:00:00Z Board", "2026-12-08T14:00:00Z Late", "2026-12-22T09:00:00Z Board",
            ])
    }

    @Test("Its example is the one that is compiled here")
    func text() throws {
        let here = URL(fileURLWithPath: #filePath)
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/ICalendar/ICalendar.docc/ICalendar.md"), encoding: .utf8)
        let blocks = article.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(blocks.count == 1)
        let source = try String(contentsOf: here, encoding: .utf8)
        for block in blocks { #expect(source.contains("\n" + block)) }
    }
}
