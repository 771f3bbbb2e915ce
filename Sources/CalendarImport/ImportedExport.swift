package import Diagnostics
package import Reservations

/// What an export means for us: its bookings, and everything that is to be said about it.
package struct ImportedExport: Hashable, Sendable {
    package var ending: ParsedExport.Ending
    /// In the order of the file; only those that can be decided about.
    package var bookings: [Booking] = []
    /// Entries that could not be read: what they booked before stays in force.
    package var rejectedUIDs: Set<String> = []
    /// Those of them whose organizers can be answered.
    package var rejectedRequests: [RejectedRequest] = []
    /// Whether an entry's absence means that it was withdrawn.
    package var isWhole = true
    /// About the file and its entries, in order of line; of very many the gravest.
    package var diagnostics: [Diagnostic] = []
    /// How many more there are of each severity.
    package var unlisted: [Severity: Int] = [:]
}
