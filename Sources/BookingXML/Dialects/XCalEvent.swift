import ICalendar

/// Reads one `vevent` of xCal, with the same leniency as a VEVENT: what decides its times must be readable, another
/// unreadable value is left out, and of a property that may be there once the first counts.
struct XCalEvent: ~Copyable {
    private let record: XMLRecord
    private let isCancellation: Bool
    /// Of times that name none; `nil` leaves it to the file.
    private let zone: String?
    private var booking = XMLBooking(event: Event())

    /// What the calendar is called; `nil` leaves it to the file.
    var calendarName: String? {
        get { booking.calendarName }
        set { booking.calendarName = newValue }
    }

    /// - Parameters:
    ///   - namesOutside: properties of the calendar that no dialect reads.
    ///   - zone: of times that name none; `nil` leaves it to the file.
    init(record: XMLRecord, isCancellation: Bool, namesOutside: [String] = [], zone: String? = nil) {
        self.zone = zone
        booking.misplacedNames = namesOutside
        self.record = record
        self.isCancellation = isCancellation
    }

    consuming func item() -> XMLItem {
        do throws(XMLDiagnostic) {
            try read()
            // Moved: to copy it would cost a count of references for each of its texts.
            var taken = XMLBooking(event: Event())
            swap(&taken, &booking)
            return .booking(taken)
        } catch {
            return .rejected(
                XMLRejection(uid: booking.event.uid, line: record.line, diagnostics: booking.diagnostics + [error]))
        }
    }

    private mutating func read() throws(XMLDiagnostic) {
        booking.event.line = record.line
        guard let properties = record.child(.properties, of: 0) else {
            throw record.rejection(.missingElement, 0, "the event has no properties")
        }
        // First of all, so that a rejection can name it.
        booking.event.uid = record.child(.uid, of: properties).map { record.xCalText($0) }
        for property in record.children(of: properties) {
            guard let first = record.xCalValue(of: property) else {
                keepBare(property)
                continue
            }
            guard try readTime(property, first) || readList(property) || readWord(property, first) else {
                keep(property, first)
                continue
            }
        }
        if record.hasOtherNames {
            let unknown = record.indices.filter { record.name(of: $0) == .other }
            let placed = Set(record.children(of: properties))
            for index in unknown where !placed.contains(index) { noteMisplaced(index) }
        }
        try checkWhole()
    }

    private mutating func checkWhole() throws(XMLDiagnostic) {
        if booking.event.uid?.isEmpty != false { note(.missingElement, 0, "the event has no uid") }
        if isCancellation { booking.event.status = .cancelled }
        guard booking.event.start != nil || isCancellation else {
            throw record.rejection(.missingElement, 0, "the event has no dtstart")
        }
        if booking.event.end != nil, booking.event.duration != nil {
            booking.event.duration = nil
            note(.endAndDuration, 0, "the event has dtend and duration; dtend counts")
        }
    }

    // MARK: Properties

    /// Those that decide when the event is.
    private mutating func readTime(_ property: Int, _ value: Int) throws(XMLDiagnostic) -> Bool {
        switch record.name(of: property) {
        case .dtstart:
            if booking.event.start == nil { booking.event.start = try record.xCalTime(property, value, zone: zone) }
        case .dtend:
            if booking.event.end == nil { booking.event.end = try record.xCalTime(property, value, zone: zone) }
        case .recurrenceID:
            guard booking.event.recurrenceID == nil else { return true }
            booking.event.recurrenceID = try record.xCalTime(property, value, zone: zone)
            booking.event.appliesToFuture = record.xCalParameter(.range, of: property).uppercased() == "THISANDFUTURE"
        case .duration: if booking.event.duration == nil { booking.event.duration = try record.duration(value) }
        case .rrule: booking.event.rules.append(try record.xCalRecurrence(property, value))
        case .exrule: booking.event.exceptionRules.append(try record.xCalRecurrence(property, value))
        default: return false
        }
        return true
    }

    private mutating func readList(_ property: Int) -> Bool {
        switch record.name(of: property) {
        case .rdate:
            for value in record.xCalValues(of: property) {
                booking.keep { (booking) throws(XMLDiagnostic) in
                    booking.event.recurrenceDates.append(try record.xCalRecurrenceDate(property, value, zone: zone))
                }
            }
        case .exdate:
            for value in record.xCalValues(of: property) {
                booking.keep { (booking) throws(XMLDiagnostic) in
                    booking.event.exceptionDates.append(try record.xCalTime(property, value, zone: zone))
                }
            }
        case .conference:
            booking.event.conferences.append(contentsOf: record.xCalValues(of: property).map { record.string($0) })
        default: return false
        }
        return true
    }

    private mutating func readWord(_ property: Int, _ value: Int) -> Bool {
        let written = record.string(value)
        switch record.name(of: property) {
        case .uid, .parameters: break
        case .summary: if booking.event.summary.isEmpty { booking.event.summary = written }
        case .location: if booking.event.location.isEmpty { booking.event.location = written }
        case .description: if booking.event.details.isEmpty { booking.event.details = written }
        case .url: if booking.event.url.isEmpty { booking.event.url = written }
        case .organizer:
            if booking.event.organizer == nil { booking.event.organizer = record.xCalUser(property, value) }
        case .attendee: booking.event.attendees.append(record.xCalUser(property, value))
        case .class: booking.event.classification = written.uppercased()
        case .transp: booking.event.isTransparent = written.uppercased() == "TRANSPARENT"
        case .created: keepTime(\.created, property, value)
        case .lastModified: keepTime(\.lastModified, property, value)
        case .dtstamp: keepTime(\.stamp, property, value)
        case .sequence:
            booking.keep { (booking) throws(XMLDiagnostic) in
                booking.event.sequence = try record.wholeNumber(value, 0...Int(Int32.max))
            }
        case .status:
            guard let status = Event.Status(rawValue: written.uppercased()) else {
                ignore(value, "status of an event cannot be \(written.quoted)")
                break
            }
            booking.event.status = status
        default: return false
        }
        return true
    }

    /// A property that the model has no field for.
    private mutating func keep(_ property: Int, _ value: Int) {
        let known = record.name(of: property)
        let name = known == .other ? record.otherName(of: property) : known.spelling
        guard !name.isEmpty else { return }
        let written = String(record.string(value).prefix(Limits().keptValueBytes))
        booking.event.others.append(Event.NamedValue(name: name.uppercased(), value: written))
    }

    /// A property that the model has no field for and whose text is not in a value element of its own.
    private mutating func keepBare(_ property: Int) {
        guard record.name(of: property) == .other, !record.value(property).isEmpty else { return }
        note(.missingElement, property, "a property has text, but no element for its value: the text is taken")
        keep(property, property)
    }

    private mutating func noteMisplaced(_ index: Int) {
        let name = record.otherName(of: index)
        guard !name.isEmpty, booking.misplacedNames.count < Self.misplacedNames else { return }
        booking.misplacedNames.append(name)
    }

    /// Elements that are never read, and told; there are no more in any export that makes sense.
    private static let misplacedNames = 1_000

    private mutating func keepTime(_ field: WritableKeyPath<Event, CalendarTime?>, _ property: Int, _ value: Int) {
        booking.keep { (booking) throws(XMLDiagnostic) in
            booking.event[keyPath: field] = try record.xCalTime(property, value, zone: zone)
        }
    }

    private mutating func ignore(_ index: Int, _ message: String) {
        booking.diagnostics.append(record.finding(.badValue, .valueIgnored, index, message))
    }

    private mutating func note(_ code: XMLDiagnostic.Code, _ index: Int, _ message: String) {
        booking.diagnostics.append(record.finding(code, .tolerated, index, message))
    }
}
