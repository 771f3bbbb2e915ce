/// A VEVENT (RFC 5545 §3.6.1) with its values decoded, times not yet resolved to instants.
///
/// The other dialects (xCal, native XML) make the same value, so that there is one model and one recurrence engine.
public struct Event: Hashable, Sendable {
    /// `nil` or empty where the exporter gave none.
    public var uid: String?
    /// RECURRENCE-ID (§3.8.4.4): which instance of the series this event stands in for; `nil` for the master.
    public var recurrenceID: CalendarTime?
    /// `RANGE=THISANDFUTURE` on the RECURRENCE-ID.
    public var appliesToFuture = false
    /// SEQUENCE (§3.8.7.4): the revision; 0 when absent.
    public var sequence = 0
    /// STATUS (§3.8.1.11); `nil` when absent or unknown.
    public var status: Status?
    /// TRANSP:TRANSPARENT.
    public var isTransparent = false
    /// DTSTART (§3.8.2.4); `nil` only in an event that is rejected, or that cancels or answers.
    public var start: CalendarTime?
    /// DTEND (§3.8.2.2), the first instant or day after the event; it goes before `duration`.
    public var end: CalendarTime?
    /// DURATION (§3.8.2.5).
    public var duration: CalendarDuration?
    /// RRULE (§3.8.5.3), in order; the event recurs by all of them.
    public var rules: [RecurrenceRule] = []
    /// EXRULE (RFC 2445 §4.8.5.2): instances that are taken away again.
    public var exceptionRules: [RecurrenceRule] = []
    /// RDATE (RFC 5545 §3.8.5.2): instances beside those of the rules.
    public var recurrenceDates: [RecurrenceDate] = []
    /// EXDATE (§3.8.5.1): instances that do not take place.
    public var exceptionDates: [CalendarTime] = []
    /// CREATED (§3.8.7.1).
    public var created: CalendarTime?
    /// LAST-MODIFIED (§3.8.7.3).
    public var lastModified: CalendarTime?
    /// DTSTAMP (§3.8.7.2).
    public var stamp: CalendarTime?
    /// SUMMARY (§3.8.1.12), unescaped; empty when absent.
    public var summary = ""
    /// LOCATION (§3.8.1.7), unescaped; empty when absent.
    public var location = ""
    /// DESCRIPTION (§3.8.1.5), unescaped; empty when absent.
    public var details = ""
    /// URL (§3.8.4.6) as it is written; empty when absent.
    public var url = ""
    /// CONFERENCE values (RFC 7986 §5.11), in order.
    public var conferences: [String] = []
    /// ORGANIZER (§3.8.4.3).
    public var organizer: CalendarUser?
    /// ATTENDEE (§3.8.4.1), in order; rooms are among them by their `userType`.
    public var attendees: [CalendarUser] = []
    /// CLASS, upper-cased; empty when absent.
    public var classification = ""
    /// The X-properties and others that the model has no field for: name upper-cased, value unescaped, in order.
    public var others: [NamedValue] = []
    /// The line where the component begins, from 1, counted before unfolding.
    public var line = 1

    /// An event without any property.
    public init() {}

    /// STATUS of a VEVENT.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
        case cancelled = "CANCELLED"

        static let table = NameTable<Self>()
    }

    /// A property that the model has no field for.
    public struct NamedValue: Hashable, Sendable {
        /// Upper-cased.
        public var name: String
        /// Unescaped.
        public var value: String

        /// A property by its name, upper-cased, and its value, unescaped.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An RDATE: a start, and for a PERIOD its own end.
    public struct RecurrenceDate: Hashable, Sendable {
        /// How a PERIOD (§3.3.9) says where it ends.
        public enum PeriodEnd: Hashable, Sendable {
            /// The first instant after it.
            case end(CalendarTime)
            /// Its length.
            case duration(CalendarDuration)
        }

        /// Where the instance begins.
        public var start: CalendarTime
        /// `nil` for a DATE or DATE-TIME: the event's own length.
        public var period: PeriodEnd?

        /// An instance of the event's own length, or of that of its period.
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
    /// CN; empty when absent.
    public var commonName = ""
    /// CUTYPE, upper-cased; `INDIVIDUAL` when absent.
    public var userType = "INDIVIDUAL"
    /// PARTSTAT, upper-cased; `NEEDS-ACTION` when absent.
    public var participationStatus = "NEEDS-ACTION"
    /// The EMAIL parameter (RFC 7986 §6.2); empty when absent.
    public var email = ""

    /// Somebody of whom only the CAL-ADDRESS is known.
    public init(address: String) { self.address = address }
}
