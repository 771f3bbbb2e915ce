/// The value of DTSTART, DTEND, RECURRENCE-ID, EXDATE and their like, in one of the four forms of RFC 5545 §3.3.4–5.
public enum CalendarTime: Hashable, Sendable {
    /// `VALUE=DATE`: a whole local day.
    case date(CalendarDate)
    /// No zone: the time on the wall wherever the reader is.
    case floating(LocalDateTime)
    /// `…Z`.
    case utc(LocalDateTime)
    /// `TZID=…`, as it is written; resolving it is the business of `TimeZoneResolver`.
    case zoned(LocalDateTime, tzid: String)
}
