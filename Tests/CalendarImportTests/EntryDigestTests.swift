import BookingXML
import ICalendar
import Testing

@testable import CalendarImport

@Suite("The digest of an XML entry")
struct EntryDigestTests {
    private typealias Edit = @Sendable (inout XMLBooking) -> Void

    /// One change of each field that a digest is about, by the field's name.
    private static let edits: [(field: String, Edit)] = [
        ("uid", { $0.event.uid = "other" }),
        ("recurrenceID", { $0.event.recurrenceID = day }),
        ("appliesToFuture", { $0.event.appliesToFuture = true }),
        ("sequence", { $0.event.sequence = 1 }),
        ("status", { $0.event.status = .tentative }),
        ("isTransparent", { $0.event.isTransparent = true }),
        ("start", { $0.event.start = day }),
        ("end", { $0.event.end = day }),
        ("duration", { $0.event.duration = CalendarDuration(seconds: 60) }),
        ("rules", { $0.event.rules = [RecurrenceRule(frequency: .daily)] }),
        ("exceptionRules", { $0.event.exceptionRules = [RecurrenceRule(frequency: .daily)] }),
        ("recurrenceDates", { $0.event.recurrenceDates = days.map { Event.RecurrenceDate(start: $0) } }),
        ("exceptionDates", { $0.event.exceptionDates = days }),
        ("created", { $0.event.created = day }),
        ("lastModified", { $0.event.lastModified = day }),
        ("stamp", { $0.event.stamp = day }),
        ("summary", { $0.event.summary = "other" }),
        ("location", { $0.event.location = "other" }),
        ("details", { $0.event.details = "other" }),
        ("url", { $0.event.url = "other" }),
        ("conferences", { $0.event.conferences = ["other"] }),
        ("organizer", { $0.event.organizer = CalendarUser(address: "other") }),
        ("attendees", { $0.event.attendees = [CalendarUser(address: "other")] }),
        ("classification", { $0.event.classification = "other" }),
        ("others", { $0.event.others = [Event.NamedValue(name: "other", value: "")] }),
    ]

    private static let date = CalendarDate(year: 2026, month: 12, day: 8)
    private static let midnight = date.flatMap { LocalDateTime(date: $0, secondOfDay: 0) }
    private static let day = date.map { CalendarTime.date($0) }
    private static let days = [day].compactMap(\.self)

    /// Beside those of the event.
    private static let settings: [Edit] = [
        { $0.rooms = ["other"] }, { $0.settings.maxOccupants = "" }, { $0.settings.lobby = "" },
        { $0.settings.password = "" }, { $0.event.duration = CalendarDuration(days: 60) },
        { $0.event.start = midnight.map { .zoned($0, tzid: "other") } },
        { $0.event.start = midnight.map { .floating($0) } },
        { $0.event.start = midnight.map { .utc($0) } },
        { $0.event.recurrenceDates = days.map { Event.RecurrenceDate(start: $0, period: .end($0)) } },
        { $0.event.attendees = [CalendarUser(address: ""), CalendarUser(address: "other")] },
        { $0.event.conferences = ["ot", "her"] },
    ]

    private static func digest(after edit: Edit) -> String {
        var booking = XMLBooking(event: Event())
        edit(&booking)
        return EntryDigest.of(booking)
    }

    @Test("tells entries apart that differ in any field")
    func everyField() {
        let all = Self.edits.map(\.1) + Self.settings + [{ _ in }]
        #expect(Set(all.map(Self.digest)).count == all.count)
    }

    @Test("knows all fields of an event")
    func allFields() {
        let fields = Mirror(reflecting: Event()).children.compactMap(\.label)
        #expect(fields.filter { $0 != "line" } == Self.edits.map(\.field))
    }

    @Test("does not depend on where the entry stands")
    func line() {
        #expect(Self.digest { $0.event.line = 7 } == Self.digest { _ in })
    }
}
