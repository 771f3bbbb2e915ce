/// A day and a time on the wall, without a zone: what is written in a DATE-TIME (RFC 5545 §3.3.5).
public struct LocalDateTime: Hashable, Sendable {
    /// The day on the wall.
    public let date: CalendarDate
    /// Seconds since local midnight, 0..<86,400. A leap second (`:60`) is read as the second before it.
    public var secondOfDay: Int { Int(second32) }
    private let second32: Int32

    /// `nil` unless `secondOfDay` is in 0..<86,400.
    public init?(date: CalendarDate, secondOfDay: Int) {
        guard (0..<86_400).contains(secondOfDay) else { return nil }
        self.init(date: date, knownSecondOfDay: secondOfDay)
    }

    /// The day has that second.
    init(date: CalendarDate, knownSecondOfDay second: Int) {
        self.date = date
        second32 = Int32(truncatingIfNeeded: second)
    }

    /// 0 to 23.
    public var hour: Int { secondOfDay / 3_600 }
    /// 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// 0 to 59.
    public var second: Int { secondOfDay % 60 }
}

extension LocalDateTime: Comparable {
    public static func < (lhs: LocalDateTime, rhs: LocalDateTime) -> Bool {
        (lhs.date, lhs.secondOfDay) < (rhs.date, rhs.secondOfDay)
    }
}
