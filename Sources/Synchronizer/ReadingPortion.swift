import ReservationStore
import Reservations

/// How much of what has settled is read before it is decided: so many exports at once that more would neither fit into
/// memory nor let others wait. While one is decided the next one is read.
struct ReadingPortion {
    var exports = 10_000
    /// Of memory, as far as it can be told.
    var bytes = 64 << 20
}

extension ReadingPortion {
    /// Some memory is for each, however many there are.
    private static let leastBytes = 4 << 20

    /// Those who read side by side share the memory.
    init(ofOneAmong readers: Int) { bytes = max(Self.leastBytes, bytes / max(1, readers)) }
}

extension ExportChange {
    /// A series has an occurrence a day, and is short in its file.
    private static let occurrenceBytes = 80

    /// About how much memory this takes while it waits for its pass.
    ///
    /// - Parameter size: of the file, in bytes.
    func memory(ofFile size: Int64) -> Int {
        switch kind {
        case .content(let bookings, _):
            Int(size) + bookings.reduce(0) { $0 + $1.occurrences.count } * Self.occurrenceBytes
        case .spooled: Int(min(size, BookingSpool.residentBytes))
        case .unusable, .removed: Int(min(size, ExportContents.keptBytes))
        }
    }
}
