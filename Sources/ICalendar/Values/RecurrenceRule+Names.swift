extension RecurrenceRule.Frequency {
    /// As FREQ has it.
    var name: String {
        switch self {
        case .secondly: "SECONDLY"
        case .minutely: "MINUTELY"
        case .hourly: "HOURLY"
        case .daily: "DAILY"
        case .weekly: "WEEKLY"
        case .monthly: "MONTHLY"
        case .yearly: "YEARLY"
        }
    }

    static let names = NameTable<Self>(allCases.map { ($0.name, $0) })
}

extension Weekday {
    /// The two letters of RFC 5545 §3.3.10.
    var code: String {
        switch self {
        case .monday: "MO"
        case .tuesday: "TU"
        case .wednesday: "WE"
        case .thursday: "TH"
        case .friday: "FR"
        case .saturday: "SA"
        case .sunday: "SU"
        }
    }

    static let codes = NameTable<Self>(allCases.map { ($0.code, $0) })
}
