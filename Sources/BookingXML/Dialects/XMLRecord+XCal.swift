import ICalendar

extension XMLRecord {
    /// The first value element of a property.
    func xCalValue(of property: Int) -> Int? {
        children(of: property).first { name(of: $0) != .parameters }
    }

    /// The value elements of a property: its children without `parameters`.
    func xCalValues(of property: Int) -> [Int] {
        children(of: property).filter { name(of: $0) != .parameters }
    }

    /// The text of a property's first value; empty where it has none.
    func xCalText(_ property: Int) -> String { xCalValue(of: property).map(string) ?? "" }

    /// A parameter of a property; empty where it has none.
    func xCalParameter(_ name: XMLName, of property: Int) -> String {
        child(.parameters, of: property).flatMap { child(name, of: $0) }.map(string) ?? ""
    }

    /// A `date` or `date-time` (RFC 6321 §3.6.4–5), on the wall of the property's tzid.
    ///
    /// - Parameter calendarZone: of times without a tzid; `nil` lets them float.
    func xCalTime(_ property: Int, _ index: Int, zone calendarZone: String?) throws(XMLDiagnostic) -> CalendarTime {
        let named = xCalParameter(.tzid, of: property)
        let zone = named.isEmpty ? calendarZone ?? "" : named
        if let time = parsedTime(index) { return time.calendarTime(zone: zone.isEmpty ? nil : zone) }
        do throws(ICalendarError) {
            return try CalendarTime(value(index), tzid: zone)
        } catch {
            throw badValue(index, error.message)
        }
    }

    /// A `date`, a `date-time`, or a `period` (§3.6.9).
    func xCalRecurrenceDate(
        _ property: Int, _ index: Int, zone: String?
    ) throws(XMLDiagnostic) -> Event.RecurrenceDate {
        guard name(of: index) == .period, let start = child(.start, of: index) else {
            return Event.RecurrenceDate(start: try xCalTime(property, index, zone: zone))
        }
        var date = Event.RecurrenceDate(start: try xCalTime(property, start, zone: zone))
        if let end = child(.end, of: index) {
            date.period = .end(try xCalTime(property, end, zone: zone))
        } else if let length = child(.duration, of: index) {
            date.period = .duration(try duration(length))
        }
        return date
    }

    func xCalUser(_ property: Int, _ index: Int) -> CalendarUser {
        var user = CalendarUser(address: string(index))
        guard let parameters = child(.parameters, of: property) else { return user }
        // The first of each counts.
        var (name, email, userType, participation): (Int?, Int?, Int?, Int?)
        for parameter in children(of: parameters) {
            switch self.name(of: parameter) {
            case .cn: name = name ?? parameter
            case .email: email = email ?? parameter
            case .cutype: userType = userType ?? parameter
            case .partstat: participation = participation ?? parameter
            default: break
            }
        }
        user.commonName = name.map(string) ?? ""
        user.email = email.map(string) ?? ""
        if let word = userType.map(string)?.uppercased(), !word.isEmpty { user.userType = word }
        if let word = participation.map(string)?.uppercased(), !word.isEmpty { user.participationStatus = word }
        return user
    }

    /// An `rrule` or `exrule`.
    ///
    /// - Throws: `badRule`, which rejects the booking.
    func xCalRecurrence(_ property: Int, _ index: Int) throws(XMLDiagnostic) -> RecurrenceRule {
        do throws(ICalendarError) {
            return try xCalRule(index)
        } catch {
            throw rejection(.badRule, index, "\(name(of: property).spelling): \(error.message)")
        }
    }

    /// A `recur` element (RFC 6321 §3.6.10) as the rule that RFC 5545 would write.
    func xCalRule(_ index: Int) throws(ICalendarError) -> RecurrenceRule {
        let parts = Array(children(of: index))
        var text: [UInt8] = []
        for (place, part) in parts.enumerated() where !parts[..<place].contains(where: { areNamedAlike($0, part) }) {
            if !text.isEmpty { text.append(UInt8(ascii: ";")) }
            let known = name(of: part)
            text += (known == .other ? otherName(of: part) : known.spelling).uppercased().utf8
            var separator = UInt8(ascii: "=")
            for same in parts[place...] where areNamedAlike(same, part) {
                text.append(separator)
                // The dates of `until` have hyphens and colons here; numbers and days have a hyphen for a minus.
                text += known == .until ? Array(value(same)).withoutSeparators[...] : value(same)
                separator = UInt8(ascii: ",")
            }
        }
        return try RecurrenceRule(text)
    }

    private func areNamedAlike(_ first: Int, _ second: Int) -> Bool {
        let known = name(of: first)
        guard known == name(of: second) else { return false }
        return known != .other || otherName(of: first).uppercased() == otherName(of: second).uppercased()
    }
}

extension [UInt8] {
    fileprivate var withoutSeparators: [UInt8] { filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") } }
}
