import ICalendar

/// Reads one `vtimezone` of xCal; a zone of which anything cannot be read is left out, since it would be wrong.
struct XCalTimeZone {
    let record: XMLRecord

    func zone() throws(XMLDiagnostic) -> VTimeZone {
        guard let properties = record.child(.properties, of: 0), let tzid = text(.tzid, of: properties) else {
            throw XMLDiagnostic(.missingElement, .valueIgnored, line: record.line, "the time zone has no tzid")
        }
        var zone = VTimeZone(identifier: tzid, location: text(.xLicLocation, of: properties), observances: [])
        zone.line = record.line
        guard let components = record.child(.components, of: 0) else { return zone }
        for component in record.children(of: components) {
            switch record.name(of: component) {
            case .standard, .daylight: zone.observances.append(try observance(component))
            default: break
            }
        }
        return zone
    }

    private func observance(_ index: Int) throws(XMLDiagnostic) -> VTimeZone.Observance {
        guard let properties = record.child(.properties, of: index),
            let from = offset(.tzoffsetfrom, of: properties), let to = offset(.tzoffsetto, of: properties),
            let start = value(.dtstart, of: properties).flatMap({ XMLTime(record.value($0)) }),
            case .local(let local) = start
        else {
            throw ignored(.badValue, index, "a change of the clock has no readable dtstart, tzoffsetfrom, tzoffsetto")
        }
        var observance = VTimeZone.Observance(start: local, offsetFrom: from, offsetTo: to)
        for property in record.children(of: properties) {
            for value in record.xCalValues(of: property) {
                switch record.name(of: property) {
                case .rrule: observance.rules.append(try rule(value))
                case .rdate: observance.dates.append(try date(value))
                default: break
                }
            }
        }
        return observance
    }

    private func rule(_ value: Int) throws(XMLDiagnostic) -> RecurrenceRule {
        do throws(ICalendarError) {
            return try record.xCalRule(value)
        } catch {
            throw ignored(.badRule, value, "rrule of a time zone: \(error.message)")
        }
    }

    private func date(_ value: Int) throws(XMLDiagnostic) -> CalendarTime {
        guard let time = XMLTime(record.value(value)) else {
            throw ignored(.badValue, value, "rdate of a time zone is \(record.value(value).quoted), no date or time")
        }
        return time.calendarTime(zone: nil)
    }

    /// A `utc-offset` (RFC 6321 §3.6.14): `-05:00`, in seconds east of UTC.
    private func offset(_ name: XMLName, of properties: Int) -> Int? {
        guard let value = value(name, of: properties) else { return nil }
        var cursor = ValueCursor(record.value(value))
        let sign = cursor.take("-") ? -1 : 1
        if sign > 0 { _ = cursor.take("+") }
        guard let hours = cursor.digits(2) else { return nil }
        _ = cursor.take(":")
        guard let minutes = cursor.digits(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    private func value(_ name: XMLName, of properties: Int) -> Int? {
        record.child(name, of: properties).flatMap { record.xCalValue(of: $0) }
    }

    private func text(_ name: XMLName, of properties: Int) -> String? {
        value(name, of: properties).map { record.string($0) }
    }

    private func ignored(_ code: XMLDiagnostic.Code, _ index: Int, _ message: String) -> XMLDiagnostic {
        XMLDiagnostic(code, .valueIgnored, line: record.line(of: index), "\(message): the zone is left out")
    }
}
