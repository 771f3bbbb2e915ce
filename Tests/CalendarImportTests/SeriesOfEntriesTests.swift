import ICalendar
import Testing

@testable import CalendarImport

@Suite("Entries of one UID")
struct SeriesOfEntriesTests {
    @Test("Entries whose events are equal are told apart, as they stand in one line of XML")
    func equalEvents() throws {
        let series = SeriesOfEntries.grouping([entry(room: "a"), entry(room: "b")])
        #expect(series.map { $0.master?.rooms } == [["a"]])
        #expect(series.first?.superseded.map(\.rooms) == [["b"]])
        let overrides = SeriesOfEntries.grouping(["a", "b"].map { entry(room: $0, isOverride: true) })
        #expect(overrides.map { $0.overrides.map(\.rooms) } == [[["a"], ["b"]]])
        #expect(overrides.first?.master == nil)
    }

    private func entry(room: String, isOverride: Bool = false) -> ParsedEntry {
        var event = Event()
        event.uid = "one"
        event.recurrenceID = isOverride ? CalendarDate(year: 2026, month: 12, day: 8).map { .date($0) } : nil
        return ParsedEntry(event, rooms: [room], settings: WrittenSettings(), digest: room, diagnostics: [])
    }
}
