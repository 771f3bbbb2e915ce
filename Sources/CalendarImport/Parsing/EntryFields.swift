import BookingXML
import ICalendar

/// What an entry says as bytes: its fields in a fixed order, each text and list with its length before it, so that no
/// two entries that differ have the same ones.
struct EntryFields {
    private(set) var bytes: [UInt8] = []

    init(_ booking: XMLBooking) {
        bytes.reserveCapacity(512)
        add(booking.event)
        add(booking.rooms) { $0.add($1) }
        for setting in [booking.settings.maxOccupants, booking.settings.lobby, booking.settings.password] {
            add(setting) { $0.add($1) }
        }
    }

    /// All of it but the line where it stands.
    private mutating func add(_ event: Event) {
        add(event.uid) { $0.add($1) }
        add(event.recurrenceID) { $0.add($1) }
        add(event.appliesToFuture)
        add(event.sequence)
        add(event.status?.rawValue) { $0.add($1) }
        add(event.isTransparent)
        for time in [event.start, event.end, event.created, event.lastModified, event.stamp] {
            add(time) { $0.add($1) }
        }
        add(event.duration) { $0.add($1) }
        add(event.rules) { $0.add($1.description) }
        add(event.exceptionRules) { $0.add($1.description) }
        add(event.recurrenceDates) { $0.add($1) }
        add(event.exceptionDates) { $0.add($1) }
        for text in [event.summary, event.location, event.details, event.url, event.classification] { add(text) }
        add(event.conferences) { $0.add($1) }
        add(event.organizer) { $0.add($1) }
        add(event.attendees) { $0.add($1) }
        add(event.others) { fields, other in
            fields.add(other.name)
            fields.add(other.value)
        }
    }

    private mutating func add(_ user: CalendarUser) {
        for text in [user.address, user.commonName, user.userType, user.participationStatus, user.email] { add(text) }
    }

    private mutating func add(_ date: Event.RecurrenceDate) {
        add(date.start)
        switch date.period {
        case nil: add(0)
        case .end(let end):
            add(1)
            add(end)
        case .duration(let duration):
            add(2)
            add(duration)
        }
    }

    private mutating func add(_ time: CalendarTime) {
        switch time {
        case .date(let date): add(kind: 0, date, second: 0)
        case .floating(let local): add(kind: 1, local.date, second: local.secondOfDay)
        case .utc(let local): add(kind: 2, local.date, second: local.secondOfDay)
        case .zoned(let local, let tzid):
            add(kind: 3, local.date, second: local.secondOfDay)
            add(tzid)
        }
    }

    private mutating func add(kind: Int, _ date: CalendarDate, second: Int) {
        for number in [kind, date.year, date.month, date.day, second] { add(number) }
    }

    private mutating func add(_ duration: CalendarDuration) {
        add(duration.days)
        add(duration.seconds)
    }

    private mutating func add<Value>(_ value: Value?, write: (inout EntryFields, Value) -> Void) {
        add(value != nil)
        if let value { write(&self, value) }
    }

    private mutating func add<Item>(_ items: [Item], write: (inout EntryFields, Item) -> Void) {
        add(items.count)
        for item in items { write(&self, item) }
    }

    private mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func add(_ number: Int) {
        var rest = Int64(number)
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    private mutating func add(_ flag: Bool) { bytes.append(flag ? 1 : 0) }
}
