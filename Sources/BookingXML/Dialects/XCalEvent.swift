import ICalendar

/// Reads one `vevent` of xCal, with the same leniency as a VEVENT: what decides its times must be readable, another
/// unreadable value is left out, and of a property that may be there once the first counts.
struct XCalEvent {
    private let record: XMLRecord
    private let isCancellation: Bool
    private var booking = XMLBooking(event: Event())

    init(record: XMLRecord, isCancellation: Bool) {
        self.record = record
        self.isCancellation = isCancellation
    }

    mutating func item() -> XMLItem {
        do throws(XMLDiagnostic) {
            try read()
            return .booking(booking)
        } catch {
            return .rejected(
                XMLRejection(uid: booking.event.uid, line: record.line, diagnostics: booking.diagnostics + [error]))
        }
    }

    private mutating func read() throws(XMLDiagnostic) {
        booking.event.line = record.line
        guard let properties = record.child(.properties, of: 0) else {
            throw rejection(.missingElement, 0, "the event has no properties")
        }
        // First of all, so that a rejection can name it.
        booking.event.uid = record.child(.uid, of: properties).map(text)
        for property in record.children(of: properties) {
            let values = record.xCalValues(of: property)
            guard let first = values.first else { continue }
            guard try readTime(property, first) || readList(property, values) || readWord(property, first) else {
                keep(property, first)
                continue
            }
        }
        try checkWhole()
    }

    private mutating func checkWhole() throws(XMLDiagnostic) {
        if booking.event.uid?.isEmpty != false { note(.missingElement, 0, "the event has no uid") }
        if isCancellation { booking.event.status = .cancelled }
        guard booking.event.start != nil || isCancellation else {
            throw rejection(.missingElement, 0, "the event has no dtstart")
        }
        if booking.event.end != nil, booking.event.duration != nil {
            booking.event.duration = nil
            note(.endAndDuration, 0, "the event has dtend and duration; dtend counts")
        }
    }

    // MARK: Properties

    /// Those that decide when the event is.
    private mutating func readTime(_ property: Int, _ value: Int) throws(XMLDiagnostic) -> Bool {
        switch record.elements[property].name {
        case .dtstart: if booking.event.start == nil { booking.event.start = try time(property, value) }
        case .dtend: if booking.event.end == nil { booking.event.end = try time(property, value) }
        case .recurrenceID:
            guard booking.event.recurrenceID == nil else { return true }
            booking.event.recurrenceID = try time(property, value)
            booking.event.appliesToFuture = parameter(.range, of: property).uppercased() == "THISANDFUTURE"
        case .duration: if booking.event.duration == nil { booking.event.duration = try duration(property, value) }
        case .rrule: booking.event.rules.append(try rule(property, value))
        case .exrule: booking.event.exceptionRules.append(try rule(property, value))
        default: return false
        }
        return true
    }

    private mutating func readList(_ property: Int, _ values: [Int]) -> Bool {
        switch record.elements[property].name {
        case .rdate:
            for value in values {
                keepItem { (reader) throws(XMLDiagnostic) in
                    reader.booking.event.recurrenceDates.append(try reader.recurrenceDate(property, value))
                }
            }
        case .exdate:
            for value in values {
                keepItem { (reader) throws(XMLDiagnostic) in
                    reader.booking.event.exceptionDates.append(try reader.time(property, value))
                }
            }
        case .conference: booking.event.conferences.append(contentsOf: values.map { record.string($0) })
        case .attendee: booking.event.attendees.append(user(property, values[0]))
        default: return false
        }
        return true
    }

    private mutating func readWord(_ property: Int, _ value: Int) -> Bool {
        let written = record.string(value)
        switch record.elements[property].name {
        case .uid, .parameters: break
        case .summary: if booking.event.summary.isEmpty { booking.event.summary = written }
        case .location: if booking.event.location.isEmpty { booking.event.location = written }
        case .description: if booking.event.details.isEmpty { booking.event.details = written }
        case .url: if booking.event.url.isEmpty { booking.event.url = written }
        case .organizer: if booking.event.organizer == nil { booking.event.organizer = user(property, value) }
        case .class: booking.event.classification = written.uppercased()
        case .transp: booking.event.isTransparent = written.uppercased() == "TRANSPARENT"
        case .created: keepTime(\.created, property, value)
        case .lastModified: keepTime(\.lastModified, property, value)
        case .dtstamp: keepTime(\.stamp, property, value)
        case .sequence:
            guard let number = Int(written), (0...Int(Int32.max)).contains(number) else {
                ignore(value, "sequence is \(written.quoted), no whole number")
                break
            }
            booking.event.sequence = number
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
        let element = record.elements[property]
        let name = element.name == .other ? element.otherName : element.name.rawValue
        let written = record.string(value)
        guard !name.isEmpty, written.utf8.count <= Limits().keptValueBytes else { return }
        booking.event.others.append(Event.NamedValue(name: name.uppercased(), value: written))
    }

    private mutating func keepTime(_ field: WritableKeyPath<Event, CalendarTime?>, _ property: Int, _ value: Int) {
        keepItem { (reader) throws(XMLDiagnostic) in
            reader.booking.event[keyPath: field] = try reader.time(property, value)
        }
    }

    /// What cannot be read costs no more than itself.
    private mutating func keepItem(_ read: (inout Self) throws(XMLDiagnostic) -> Void) {
        do throws(XMLDiagnostic) {
            try read(&self)
        } catch {
            var ignored = error
            ignored.effect = .valueIgnored
            booking.diagnostics.append(ignored)
        }
    }

    // MARK: Values

    /// A `date` or `date-time` (RFC 6321 §3.6.4–5), on the wall of the property's tzid.
    private func time(_ property: Int, _ value: Int) throws(XMLDiagnostic) -> CalendarTime {
        let zone = parameter(.tzid, of: property)
        if let time = XMLTime(record.value(value)) { return time.calendarTime(zone: zone.isEmpty ? nil : zone) }
        do throws(ICalendarError) {
            return try CalendarTime(record.value(value), tzid: zone)
        } catch {
            throw badValue(property, value, error)
        }
    }

    private func duration(_ property: Int, _ value: Int) throws(XMLDiagnostic) -> CalendarDuration {
        do throws(ICalendarError) {
            return try CalendarDuration(record.value(value))
        } catch {
            throw badValue(property, value, error)
        }
    }

    private func rule(_ property: Int, _ value: Int) throws(XMLDiagnostic) -> RecurrenceRule {
        do throws(ICalendarError) {
            return try record.xCalRule(value)
        } catch {
            throw rejection(.badRule, value, "\(record.elements[property].name.rawValue): \(error.message)")
        }
    }

    /// A `date`, a `date-time`, or a `period` (§3.6.9).
    private func recurrenceDate(_ property: Int, _ value: Int) throws(XMLDiagnostic) -> Event.RecurrenceDate {
        guard record.elements[value].name == .period, let start = record.child(.start, of: value) else {
            return Event.RecurrenceDate(start: try time(property, value))
        }
        var date = Event.RecurrenceDate(start: try time(property, start))
        if let end = record.child(.end, of: value) {
            date.period = .end(try time(property, end))
        } else if let length = record.child(.duration, of: value) {
            date.period = .duration(try duration(property, length))
        }
        return date
    }

    private func user(_ property: Int, _ value: Int) -> CalendarUser {
        var user = CalendarUser(address: record.string(value))
        user.commonName = parameter(.cn, of: property)
        user.email = parameter(.email, of: property)
        let userType = parameter(.cutype, of: property)
        let participation = parameter(.partstat, of: property)
        if !userType.isEmpty { user.userType = userType.uppercased() }
        if !participation.isEmpty { user.participationStatus = participation.uppercased() }
        return user
    }

    /// The text of a property's first value.
    private func text(_ property: Int) -> String {
        record.xCalValues(of: property).first.map { record.string($0) } ?? ""
    }

    /// Empty where the property has none.
    private func parameter(_ name: XMLName, of property: Int) -> String {
        record.descendant(.parameters, name, of: property).map { record.string($0) } ?? ""
    }

    // MARK: Findings

    private func badValue(_ property: Int, _ value: Int, _ error: ICalendarError) -> XMLDiagnostic {
        let name = record.elements[property].name.rawValue
        return rejection(.badValue, value, "\(name) is \(record.value(value).quoted): \(error.message)")
    }

    private mutating func ignore(_ index: Int, _ message: String) {
        booking.diagnostics.append(
            XMLDiagnostic(.badValue, .valueIgnored, line: record.elements[index].line, message))
    }

    private mutating func note(_ code: XMLDiagnostic.Code, _ index: Int, _ message: String) {
        booking.diagnostics.append(XMLDiagnostic(code, .tolerated, line: record.elements[index].line, message))
    }

    private func rejection(_ code: XMLDiagnostic.Code, _ index: Int, _ message: String) -> XMLDiagnostic {
        XMLDiagnostic(code, .bookingRejected, line: record.elements[index].line, message)
    }
}
