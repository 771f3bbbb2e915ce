import ICalendar

/// Makes a booking of a row.
struct MappedBooking {
    private let row: MappedRow
    private let mapping: XMLMapping
    private var booking = XMLBooking(event: Event())
    private var zone: String?

    init(row: MappedRow, mapping: XMLMapping) {
        self.row = row
        self.mapping = mapping
    }

    consuming func item() -> XMLItem {
        do throws(XMLDiagnostic) {
            try read()
            return .booking(booking)
        } catch {
            return .rejected(
                XMLRejection(uid: booking.event.uid, line: row.line, diagnostics: booking.diagnostics + [error]))
        }
    }

    private mutating func read() throws(XMLDiagnostic) {
        booking.event.line = row.line
        if let fault = row.fault { throw fault }
        // First of all, so that a rejection can name it.
        booking.event.uid = try value(.uid)
        if booking.event.uid == nil, mapping.has(.uid) {
            note(XMLDiagnostic(.missingElement, .tolerated, line: row.line, "the row has no uid"))
        }
        booking.rooms = try values(.room)
        guard !booking.rooms.isEmpty else { throw missing(.room) }
        zone = try value(.zone)
        try readTimes()
        try readWords()
        try readRepetition()
    }

    // MARK: Times

    private mutating func readTimes() throws(XMLDiagnostic) {
        guard let start = try times(.start).first else { throw missing(.start) }
        booking.event.start = start.calendarTime(zone: zone)
        if mapping.has(.end) {
            guard let end = try times(.end).first else { throw missing(.end) }
            guard end.isDate == start.isDate else {
                throw XMLDiagnostic(
                    .badValue, .bookingRejected, line: row.line, "one of start and end is a day, the other has a time")
            }
            booking.event.end = end.calendarTime(zone: zone)
        } else {
            booking.event.duration = try duration()
        }
        do throws(XMLDiagnostic) {
            booking.event.lastModified = try times(.modified).first?.calendarTime(zone: zone)
        } catch {
            note(error.with(.valueIgnored))
        }
    }

    private func times(_ field: MappedField) throws(XMLDiagnostic) -> [XMLTime] {
        var times: [XMLTime] = []
        for found in try found(field) {
            guard let time = mapping.time(found.text, field) else {
                throw bad(field, found, "no date or time\(mapping.forms(of: field))")
            }
            times.append(time)
        }
        return times
    }

    private func duration() throws(XMLDiagnostic) -> CalendarDuration {
        guard let found = try found(.duration).first else { throw missing(.duration) }
        guard let duration = mapping.duration(found.text) else {
            throw bad(.duration, found, "no length\(mapping.forms(of: .duration))")
        }
        return duration
    }

    private mutating func readRepetition() throws(XMLDiagnostic) {
        guard let rule = try found(.repeat).first else { return }
        do throws(ICalendarError) {
            booking.event.rules = [try RecurrenceRule(rule.text.utf8)]
        } catch {
            throw XMLDiagnostic(
                .badRule, .bookingRejected, line: rule.line, "repeat is \(rule.text.quoted): \(error.message)")
        }
        booking.event.exceptionDates = try times(.except).map { $0.calendarTime(zone: zone) }
    }

    // MARK: Words

    private mutating func readWords() throws(XMLDiagnostic) {
        booking.event.organizer = try value(.owner).map { CalendarUser(address: $0) }
        booking.event.attendees = try values(.attendee).map { CalendarUser(address: $0) }
        booking.event.summary = try value(.title) ?? ""
        booking.settings = XMLSettings(
            maxOccupants: try value(.maxOccupants), lobby: try value(.lobby), password: try value(.password))
        if let found = try found(.status).first {
            guard let status = Event.Status(rawValue: found.text.uppercased()) else {
                throw bad(.status, found, "none of \"confirmed\", \"tentative\", \"cancelled\"")
            }
            booking.event.status = status
        }
        guard let found = try found(.revision).first else { return }
        guard let number = Int(found.text), (0...Int(Int32.max)).contains(number) else {
            throw bad(.revision, found, "no whole number")
        }
        booking.event.sequence = number
    }

    // MARK: Texts

    private func value(_ field: MappedField) throws(XMLDiagnostic) -> String? { try found(field).first?.text }

    private func values(_ field: MappedField) throws(XMLDiagnostic) -> [String] {
        try found(field).map(\.text)
    }

    private func found(_ field: MappedField) throws(XMLDiagnostic) -> [MappedRow.Text] {
        try mapping.texts(of: field, in: row)
    }

    private func missing(_ field: MappedField) -> XMLDiagnostic {
        XMLDiagnostic(.missingElement, .bookingRejected, line: row.line, "the row has no \(field.rawValue)")
    }

    private func bad(_ field: MappedField, _ found: MappedRow.Text, _ reason: String) -> XMLDiagnostic {
        XMLDiagnostic(
            .badValue, .bookingRejected, line: found.line, "\(field.rawValue) is \(found.text.quoted): \(reason)")
    }

    private mutating func note(_ diagnostic: XMLDiagnostic) { booking.diagnostics.append(diagnostic) }
}
