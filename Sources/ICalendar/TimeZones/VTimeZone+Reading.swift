extension CalendarObject {
    /// Its VTIMEZONE components (RFC 5545 §3.6.5), decoded for a ``TimeZoneResolver``, and what was wrong with them.
    ///
    /// One without TZID is left out, and so is an observance without DTSTART or TZOFFSETTO; where TZOFFSETFROM is
    /// missing, the offset does not change.
    public func vtimezones() -> (zones: [VTimeZone], diagnostics: [ICalendarDiagnostic]) {
        var reader = VTimeZoneReader()
        let zones = timeZones.compactMap { reader.zone($0) }
        return (zones, reader.diagnostics)
    }
}

/// Decodes VTIMEZONE components and keeps what it finds wrong.
private struct VTimeZoneReader {
    /// More than any zone has had.
    private static let observances = 1_000

    private(set) var diagnostics: [ICalendarDiagnostic] = []

    mutating func zone(_ component: ComponentView) -> VTimeZone? {
        guard let identifier = component.first(.zoneID)?.text, !identifier.isEmpty else {
            diagnostics.append(
                ICalendarDiagnostic(.unknownZone, .componentRejected, line: component.line, "a VTIMEZONE has no TZID"))
            return nil
        }
        var zone = VTimeZone(identifier: identifier, observances: [])
        zone.location = component.properties(named: "X-LIC-LOCATION").first?.text
        zone.line = component.line
        for part in component.components.prefix(Self.observances) where part.kind == .standard || part.kind == .daylight
        {
            if let observance = observance(part) { zone.observances.append(observance) }
        }
        return zone
    }

    private mutating func observance(_ component: ComponentView) -> VTimeZone.Observance? {
        let start = value(component.first(.start)) { property throws(ICalendarError) in try property.time().wall }
        let from = value(component.first(.zoneOffsetFrom)) { property throws(ICalendarError) in
            try UTCOffset.seconds(property.valueBytes)
        }
        let to = value(component.first(.zoneOffsetTo)) { property throws(ICalendarError) in
            try UTCOffset.seconds(property.valueBytes)
        }
        let rules = component.properties.filter { $0.kind == .rule }.compactMap { rule in
            value(rule) { property throws(ICalendarError) in try property.rule() }
        }
        let dates = component.properties.filter { $0.kind == .recurrenceDate }.compactMap { date in
            value(date) { property throws(ICalendarError) in try property.times() }
        }
        guard let start, let to else {
            diagnostics.append(
                ICalendarDiagnostic(
                    .badDateTime, .componentRejected, line: component.line,
                    "\(component.name) of a VTIMEZONE has no usable \(start == nil ? "DTSTART" : "TZOFFSETTO")"))
            return nil
        }
        return VTimeZone.Observance(
            start: start, offsetFrom: from ?? to, offsetTo: to, rules: rules, dates: dates.flatMap(\.self))
    }

    private mutating func value<Value>(
        _ property: PropertyView?, _ read: (PropertyView) throws(ICalendarError) -> Value
    ) -> Value? {
        guard let property else { return nil }
        do throws(ICalendarError) {
            return try read(property)
        } catch {
            let code: ICalendarDiagnostic.Code = property.kind == .rule ? .badRule : .badDateTime
            diagnostics.append(
                ICalendarDiagnostic(
                    code, .valueIgnored, line: property.line, "\(property.name) of a VTIMEZONE: \(error.message)"))
            return nil
        }
    }
}

extension CalendarTime {
    /// What is written, as a time on the wall; a date's midnight.
    fileprivate var wall: LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(clampedEpochSecond: date.epochDay * 86_400)
        case .floating(let local), .utc(let local), .zoned(let local, tzid: _): local
        }
    }
}

/// A UTC-OFFSET (RFC 5545 §3.3.14).
enum UTCOffset {
    /// `time-numzone = ("+" / "-") time-hour time-minute [time-second]`, in seconds east of UTC, less than a day.
    ///
    /// Tolerated: colons between the parts, a missing sign.
    static func seconds(_ bytes: some Collection<UInt8>) throws(ICalendarError) -> Int {
        var sign = 1
        var digits: [Int] = []
        for (offset, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "+") where offset == 0: break
            case UInt8(ascii: "-") where offset == 0: sign = -1
            case UInt8(ascii: ":") where digits.count == 2 || digits.count == 4: break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where digits.count < 6: digits.append(Int(byte) - 0x30)
            default: throw ICalendarError(.unexpectedByte, offset: offset, "no offset from UTC such as +0100")
            }
        }
        guard digits.count == 4 || digits.count == 6 else {
            throw ICalendarError(.unexpectedEnd, offset: bytes.count, "an offset from UTC has four or six digits")
        }
        let parts = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        guard parts[0] < 24, parts[1] < 60, parts.count < 3 || parts[2] < 60 else {
            throw ICalendarError(.outOfRange, offset: 0, "an offset from UTC is less than a day")
        }
        return sign * (parts[0] * 3_600 + parts[1] * 60 + (parts.count == 3 ? parts[2] : 0))
    }
}
