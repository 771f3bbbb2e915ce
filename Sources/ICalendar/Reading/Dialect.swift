/// Which departures from RFC 5545 are read with the best guess at what was meant.
///
/// What a dialect accepts is read and told as ``ICalendarDiagnostic/Effect/tolerated``; what it does not accept costs
/// the value or the component. There are two exceptions. Line ends are always read, and what a dialect accepts there is
/// not told, since half the world's exports end their lines with a bare LF and nobody could do anything about it; nor
/// are groups, which change nothing.
public struct Dialect: Hashable, Sendable {
    /// LF or CR alone instead of CRLF (§3.1).
    public var acceptsBareLineEnds: Bool
    /// A byte order mark, UTF-16, and lines that are not UTF-8 and then taken for Windows-1252 (§3.1.4).
    public var acceptsOtherEncodings: Bool
    /// A missing END, or one that ends an outer component (§3.6).
    public var acceptsUnbalancedComponents: Bool
    /// `group.NAME:value`, as in vCard.
    public var acceptsPropertyGroups: Bool
    /// VERSION other than 2.0, or none, and the quoted-printable text and the rules of vCalendar 1.0.
    public var acceptsOtherVersions: Bool
    /// VEVENT without UID (§3.8.4.7).
    public var acceptsMissingUID: Bool
    /// Dates and times that differ from §3.3.4–5 in form only: no seconds, `2026-11-08T10:00:00Z`, a DATE without
    /// `VALUE=DATE`, blanks around.
    public var acceptsLooseTimes: Bool

    /// What the world writes.
    public static let lenient = Dialect(allAccepted: true)
    /// What the standard says, for those who check what they write.
    public static let rfc5545 = Dialect(allAccepted: false)

    private init(allAccepted: Bool) {
        acceptsBareLineEnds = allAccepted
        acceptsOtherEncodings = allAccepted
        acceptsUnbalancedComponents = allAccepted
        acceptsPropertyGroups = allAccepted
        acceptsOtherVersions = allAccepted
        acceptsMissingUID = allAccepted
        acceptsLooseTimes = allAccepted
    }
}
