package import struct Foundation.Date

/// `yyyy-MM-dd'T'HH:mm:ss.SSSX`, the one format of the Jitsi handbook's reservation page.
package enum JitsiTimestamp {
    /// Also without a fraction, with a longer one, and with `+01`, `+0100` or `+01:00` instead of `Z`; `nil` otherwise.
    package static func parse(_ text: String) -> Date? {
        var cursor = Array(text.utf8)[...]
        guard let year = digits(4, &cursor), take("-", &cursor), let month = digits(2, &cursor), take("-", &cursor),
            let day = digits(2, &cursor), take("T", &cursor) || take("t", &cursor), let hour = digits(2, &cursor),
            take(":", &cursor), let minute = digits(2, &cursor), take(":", &cursor), let second = digits(2, &cursor),
            hour < 24, minute < 60, second <= 60, let days = DayNumber(year: year, month: month, day: day)
        else { return nil }
        guard let fraction = fraction(&cursor), let offset = offset(&cursor), cursor.isEmpty else { return nil }
        let seconds = days.sinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// With milliseconds and `Z`.
    package static func format(_ instant: Date) -> String {
        let milliseconds = Int((instant.timeIntervalSince1970 * 1_000).rounded(.down))
        let (days, inDay) = milliseconds.flooredQuotientAndRemainder(dividingBy: 86_400_000)
        let date = DayNumber(sinceEpoch: days).civil
        let clock = [inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1_000 % 60].map { pad($0, 2) }
        let day = [pad(date.year, 4), pad(date.month, 2), pad(date.day, 2)].joined(separator: "-")
        return "\(day)T\(clock.joined(separator: ":")).\(pad(inDay % 1_000, 3))Z"
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func digits(_ count: Int, _ cursor: inout ArraySlice<UInt8>) -> Int? {
        let head = cursor.prefix(count)
        guard head.count == count, head.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
        cursor = cursor.dropFirst(count)
        return head.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func take(_ character: Unicode.Scalar, _ cursor: inout ArraySlice<UInt8>) -> Bool {
        guard cursor.first == UInt8(ascii: character) else { return false }
        cursor = cursor.dropFirst()
        return true
    }

    private static func fraction(_ cursor: inout ArraySlice<UInt8>) -> Double? {
        guard take(".", &cursor) else { return 0 }
        var (value, scale, count) = (0.0, 0.1, 0)
        while count < 9, let digit = digits(1, &cursor) {
            value += Double(digit) * scale
            scale /= 10
            count += 1
        }
        return count > 0 ? value : nil
    }

    /// Seconds east of UTC.
    private static func offset(_ cursor: inout ArraySlice<UInt8>) -> Int? {
        if take("Z", &cursor) || take("z", &cursor) { return 0 }
        let sign = take("+", &cursor) ? 1 : take("-", &cursor) ? -1 : 0
        guard sign != 0, let hours = digits(2, &cursor), hours < 24 else { return nil }
        if cursor.isEmpty { return sign * hours * 3_600 }
        _ = take(":", &cursor)
        guard let minutes = digits(2, &cursor), minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}

/// A day of the proleptic Gregorian calendar as the number of days since 1970-01-01.
struct DayNumber {
    let sinceEpoch: Int

    init(sinceEpoch: Int) { self.sinceEpoch = sinceEpoch }

    /// `nil` for a day that the calendar does not have.
    init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // The year begins in March, so that the leap day is its last.
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let (era, yearOfEra) = shifted.flooredQuotientAndRemainder(dividingBy: 400)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        sinceEpoch = era * 146_097 + dayOfEra - 719_468
        guard civil == (year, month, day) else { return nil }
    }

    var civil: (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (sinceEpoch + 719_468).flooredQuotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Int {
    func flooredQuotientAndRemainder(dividingBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
