import ICalendar

/// Values that every dialect has, and findings about the elements that hold them.
extension XMLRecord {
    /// - Throws: `badValue`, which rejects the booking unless the caller softens it.
    func time(_ index: Int) throws(XMLDiagnostic) -> XMLTime {
        guard let time = parsedTime(index) else { throw badValue(index, "no date or time") }
        return time
    }

    /// - Throws: `badValue`, which rejects the booking.
    func duration(_ index: Int) throws(XMLDiagnostic) -> CalendarDuration {
        do throws(ICalendarError) {
            return try CalendarDuration(value(index))
        } catch {
            throw badValue(index, error.message)
        }
    }

    /// - Throws: `badValue`, which rejects the booking unless the caller softens it.
    func wholeNumber(_ index: Int, _ range: ClosedRange<Int>) throws(XMLDiagnostic) -> Int {
        guard let number = Int(string(index)), range.contains(number) else { throw badValue(index, "no whole number") }
        return number
    }

    /// A finding about an element, with its line.
    func finding(
        _ code: XMLDiagnostic.Code, _ effect: XMLDiagnostic.Effect, _ index: Int, _ message: String
    ) -> XMLDiagnostic {
        XMLDiagnostic(code, effect, line: line(of: index), message)
    }

    /// The finding that an element's text is not what it has to be.
    func badValue(_ index: Int, _ reason: String) -> XMLDiagnostic {
        let name = name(of: index).spelling
        return finding(.badValue, .bookingRejected, index, "\(name) is \(value(index).quoted): \(reason)")
    }

    /// The finding that rejects the whole booking.
    func rejection(_ code: XMLDiagnostic.Code, _ index: Int, _ message: String) -> XMLDiagnostic {
        finding(code, .bookingRejected, index, message)
    }
}

extension XMLBooking {
    /// Reads what decides nothing: where it is unreadable, only that is left out.
    mutating func keep(_ read: (inout XMLBooking) throws(XMLDiagnostic) -> Void) {
        do throws(XMLDiagnostic) {
            try read(&self)
        } catch {
            diagnostics.append(error.with(.valueIgnored))
        }
    }
}
