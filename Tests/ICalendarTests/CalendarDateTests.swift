import ICalendar
import Testing

@Suite("Dates") struct CalendarDateTests {
    @Test("The 30th of February does not exist") func absent() {
        #expect(CalendarDate(year: 2026, month: 2, day: 30) == nil)
    }
}
