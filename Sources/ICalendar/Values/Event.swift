/// A VEVENT (RFC 5545 §3.6.1) with its values decoded, times not yet resolved to instants.
///
/// The other dialects (xCal, native XML) make the same value, so that there is one model and one recurrence engine.
public struct Event: Hashable, Sendable {
    /// `nil` or empty where the exporter gave none.
    public var uid: String?
    public var recurrenceID: CalendarTime?
    /// `RANGE=THISANDFUTURE` on the RECURRENCE-ID.
    public var appliesToFuture = false
    public var sequence = 0
    public var status: Status?
    /// TRANSP:TRANSPARENT.
    public var isTransparent = false
    public var start: CalendarTime?
    public var end: CalendarTime?
    public var duration: CalendarDuration?
    public var rules: [RecurrenceRule] = []
    public var exceptionRules: [RecurrenceRule] = []
    public var recurrenceDates: [RecurrenceDate] = []
    public var exceptionDates: [CalendarTime] = []
    /// CREATED, LAST-MODIFIED, DTSTAMP.
    public var created: CalendarTime?
    public var lastModified: CalendarTime?
    public var stamp: CalendarTime?
    public var summary = ""
    public var location = ""
    public var details = ""
    public var url = ""
    /// CONFERENCE values (RFC 7986 §5.11), in order.
    public var conferences: [String] = []
    public var organizer: CalendarUser?
    public var attendees: [CalendarUser] = []
    /// CLASS, upper-cased; empty when absent.
    public var classification = ""
    /// The X-properties and others that the model has no field for: name upper-cased, value unescaped, in order.
    public var others: [NamedValue] = []
    /// The line where the component begins, from 1, counted before unfolding.
    public var line = 1

    public init() {}

    public enum Status: String, Hashable, Sendable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
        case cancelled = "CANCELLED"
    }

    public struct NamedValue: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An RDATE: a start, and for a PERIOD its own end.
    public struct RecurrenceDate: Hashable, Sendable {
        public enum PeriodEnd: Hashable, Sendable {
            case end(CalendarTime)
            case duration(CalendarDuration)
        }

        public var start: CalendarTime
        /// `nil` for a DATE or DATE-TIME: the event's own length.
        public var period: PeriodEnd?

        public init(start: CalendarTime, period: PeriodEnd? = nil) {
            self.start = start
            self.period = period
        }
    }
}

/// An ORGANIZER or ATTENDEE with the parameters that matter to a booking (RFC 5545 §3.2).
public struct CalendarUser: Hashable, Sendable {
    /// The CAL-ADDRESS as it is written, mostly `mailto:…`.
    public var address: String
    public var commonName = ""
    /// CUTYPE, upper-cased; `INDIVIDUAL` when absent.
    public var userType = "INDIVIDUAL"
    /// PARTSTAT, upper-cased; `NEEDS-ACTION` when absent.
    public var participationStatus = "NEEDS-ACTION"
    /// The EMAIL parameter (RFC 7986 §6.2); empty when absent.
    public var email = ""

    public init(address: String) { self.address = address }
}
