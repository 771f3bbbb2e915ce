import Foundation
import Reservations
import Synchronization

/// When a 409 told the id of a conference whose row could not be marked with it. It counts as the row's own mark does,
/// until the id is fetched or the time for that is over; a restart forgets it.
///
/// Holds no more than what is told within that time.
final class UnwrittenMarks: Sendable {
    private let marks = Mutex<[Int64: Date]>([:])

    subscript(id: Int64) -> Date? { marks.withLock { $0[id] } }

    func note(_ id: Int64, at now: Date) {
        marks.withLock { marks in
            marks = marks.filter { Deletion.mayPrecedeFetch(handedOutAt: $0.value, now: now) }
            marks[id] = now
        }
    }

    func remove(_ id: Int64) { marks.withLock { $0[id] = nil } }
}
