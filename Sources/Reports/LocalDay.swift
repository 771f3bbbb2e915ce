package import Foundation

/// A day of the proleptic Gregorian calendar in one zone.
package struct LocalDay: Hashable, Sendable, Comparable {
    package let zone: TimeZone
    /// Days since 1970-01-01.
    private let number: Int

    /// The day of `instant`.
    package init(of instant: Date, in zone: TimeZone) {
        self.zone = zone
        let seconds = Timestamp.seconds(instant) + zone.secondsFromGMT(for: instant)
        number = Int((Double(seconds) / 86_400).rounded(.down))
    }

    /// The day that a slot ends on: what ends at midnight ended on the day before.
    package init(ofEnd end: Date, in zone: TimeZone) { self.init(of: end.addingTimeInterval(-1), in: zone) }

    /// From `2026-11-22`; `nil` for anything else, and for days that do not exist.
    package init?(_ text: String, in zone: TimeZone) {
        let digits = text.split(separator: "-", omittingEmptySubsequences: false)
        guard digits.map(\.utf8.count) == [4, 2, 2], let year = Int(digits[0]), let month = Int(digits[1]),
            let day = Int(digits[2]), year > 0, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Counted in eras of 400 years that begin on 1 March, as in `CivilTime`.
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (shiftedYear / 400, shiftedYear % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: era * 146_097 + dayOfEra - 719_468, zone: zone)
        guard self.text == text else { return nil }
    }

    private init(number: Int, zone: TimeZone) {
        self.number = number
        self.zone = zone
    }

    /// `2026-11-22`
    package var text: String { CivilTime(secondsSince1970: number * 86_400).date }
    /// `2026-11`
    package var month: String { String(text.dropLast(3)) }

    package var next: LocalDay { LocalDay(number: number + 1, zone: zone) }
    package func before(by days: Int) -> LocalDay { LocalDay(number: number - days, zone: zone) }

    /// The first day of its month, and of the one after that.
    package var monthBounds: (first: LocalDay, next: LocalDay) {
        let ofMonth = Int(text.suffix(2)) ?? 1
        let first = before(by: ofMonth - 1)
        let late = LocalDay(number: first.number + 31, zone: zone)
        return (first, late.before(by: (Int(late.text.suffix(2)) ?? 1) - 1))
    }

    /// Midnight; where the clock is moved then, the first instant that the day has.
    package var start: Date {
        let midnight = Date(timeIntervalSince1970: Double(number * 86_400))
        let guess = midnight.addingTimeInterval(-Double(zone.secondsFromGMT(for: midnight)))
        let start = midnight.addingTimeInterval(-Double(zone.secondsFromGMT(for: guess)))
        return LocalDay(of: start, in: zone) < self ? guess : start
    }

    package static func < (lhs: LocalDay, rhs: LocalDay) -> Bool { lhs.number < rhs.number }
}
