import Diagnostics
import ICalendar
import Reservations

/// What the series of an export mean, and what there is to say about the last of them.
struct TranslatedSeries {
    var bookings: [Booking] = []
    var rejectedUIDs: Set<String> = []
    var rejectedRequests: [RejectedRequest] = []
    var diagnostics: [Diagnostic] = []
    var rooms = KnownRooms()

    mutating func note(_ findings: [Diagnostic], about event: borrowing Event) {
        for finding in findings {
            var located = finding
            located.line = event.line
            located.uid = event.uid
            diagnostics.append(located)
        }
    }

    /// What there is to say about one series; the next one begins without.
    mutating func takeDiagnostics() -> [Diagnostic] {
        var taken: [Diagnostic] = []
        swap(&taken, &diagnostics)
        return taken
    }

    /// Those that have not been said of another entry of the series.
    mutating func note(_ findings: [Diagnostic]) {
        diagnostics += findings.filter { !diagnostics.contains($0) }
    }
}
