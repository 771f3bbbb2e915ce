/// A VTIMEZONE (RFC 5545 §3.6.5) as it is written: named rules for the offset from UTC.
public struct VTimeZone: Hashable, Sendable {
    /// TZID.
    public var identifier: String
    /// X-LIC-LOCATION, an IANA name that some producers add.
    public var location: String?
    /// In the order of the file.
    public var observances: [Observance]
    /// The line where the component begins, from 1.
    public var line = 1

    /// A definition under its TZID.
    public init(identifier: String, location: String? = nil, observances: [Observance]) {
        self.identifier = identifier
        self.location = location
        self.observances = observances
    }

    /// A STANDARD or DAYLIGHT: an offset, and when it begins.
    public struct Observance: Hashable, Sendable {
        /// DTSTART, on the wall that `offsetFrom` makes.
        public var start: LocalDateTime
        /// Seconds east of UTC before the onsets.
        public var offsetFrom: Int
        /// Seconds east of UTC from the onsets on.
        public var offsetTo: Int
        /// RRULE: when the observance begins again; none for one that begins at `start` only.
        public var rules: [RecurrenceRule]
        /// RDATE.
        public var dates: [CalendarTime]

        /// An observance that begins at `start`, a time on the wall before the change.
        public init(
            start: LocalDateTime, offsetFrom: Int, offsetTo: Int, rules: [RecurrenceRule] = [],
            dates: [CalendarTime] = []
        ) {
            self.start = start
            self.offsetFrom = offsetFrom
            self.offsetTo = offsetTo
            self.rules = rules
            self.dates = dates
        }
    }
}
