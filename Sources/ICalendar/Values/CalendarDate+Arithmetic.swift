/// Days counted from 1970-01-01, the shape that the recurrence engine and the zones compute with.
extension CalendarDate {
    /// 0001-01-01 ... 9999-12-31.
    static let epochDays = -719_162...2_932_896

    /// Days since 1970-01-01; negative before it.
    public var epochDay: Int { Self.epochDay(year: year, month: month, day: day) }

    /// `nil` outside the years 1...9999.
    public init?(epochDay: Int) {
        guard Self.epochDays.contains(epochDay) else { return nil }
        self.init(clampedEpochDay: epochDay)
    }

    /// The nearest day within the years 1...9999.
    init(clampedEpochDay epochDay: Int) {
        let day = min(max(epochDay, Self.epochDays.lowerBound), Self.epochDays.upperBound)
        self.init(known: Self.civil(fromEpochDay: day))
    }

    /// The day of the week by ISO 8601.
    public var weekday: Weekday { Weekday(epochDay: epochDay) }

    /// The day `days` later; `nil` outside the years 1...9999.
    public func adding(days: Int) -> CalendarDate? {
        let (sum, overflow) = epochDay.addingReportingOverflow(days)
        return overflow ? nil : CalendarDate(epochDay: sum)
    }

    /// The day number of any year and month, also of those outside 1...9999 that a zone's rules may touch.
    ///
    /// Years begin in March here, so that the leap day is the last one and months have a closed formula.
    static func epochDay(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(fromEpochDay epochDay: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = epochDay + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func daysInYear(_ year: Int) -> Int { isLeap(year) ? 366 : 365 }
}

extension Weekday {
    /// 1970-01-01 was a Thursday.
    init(epochDay: Int) {
        switch (epochDay + 3).modulo(7) {
        case 0: self = .monday
        case 1: self = .tuesday
        case 2: self = .wednesday
        case 3: self = .thursday
        case 4: self = .friday
        case 5: self = .saturday
        default: self = .sunday
        }
    }
}

extension Int {
    /// The remainder in 0..<divisor, also of a negative number. `divisor` is positive.
    func modulo(_ divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// The quotient rounded down, also of a negative number. `divisor` is positive.
    func quotient(_ divisor: Int) -> Int { (self - modulo(divisor)) / divisor }
}
