/// A day of the proleptic Gregorian calendar, without a zone: the DATE of RFC 5545 §3.3.4.
///
/// Years 1...9999.
public struct CalendarDate: Hashable, Sendable {
    /// Year, month and day from the highest bits down, so that later days have greater numbers.
    private let packed: UInt32

    /// 1...9999.
    public var year: Int { Int(packed >> 16) }
    /// 1...12.
    public var month: Int { Int(packed >> 8 & 0xFF) }
    /// 1...31, within the month.
    public var day: Int { Int(packed & 0xFF) }

    /// `nil` for a day that the calendar does not have.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= 28 || day <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(known: (year, month, day))
    }

    /// The calendar has that day.
    init(known: (year: Int, month: Int, day: Int)) {
        packed = UInt32(truncatingIfNeeded: known.year << 16 | known.month << 8 | known.day)
    }

    static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
}

extension CalendarDate: Comparable {
    public static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool {
        lhs.packed < rhs.packed
    }
}
