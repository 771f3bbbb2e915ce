package import Diagnostics
package import Foundation
package import Reservations

extension Diagnostic {
    /// An entry whose change waits for the end of a conference (EXP040).
    ///
    /// - Parameter opened: what the conference was opened for, as it was then.
    package static func waiting(_ entry: Booking, for opened: Reservation, zone: TimeZone) -> Diagnostic {
        Diagnostic(
            .changeWaits, line: entry.line, uid: entry.key.uid,
            "room \(opened.shownRoom) is open as it was booked for \(LocalTimes(zone: zone).span(opened.slot));"
                + " the change waits")
    }
}
