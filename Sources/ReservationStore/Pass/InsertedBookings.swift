import GRDB
import Reservations

/// Bookings that a pass has just inserted, as far as they fit into memory or are in a spool: their rows need not be
/// read again.
struct InsertedBookings {
    private var known: [Int64: StoredBooking] = [:]
    private var spooled: [SpooledRows] = []

    private static let limit = 20_000

    /// Rows one after the other, of a spool's bookings one after the other.
    private struct SpooledRows {
        var rows: ClosedRange<Int64>
        let spool: BookingSpool
        /// The place of the first in the spool's order.
        let first: Int
        let export: Int64

        func place(of row: Int64) -> Int { first + Int(row - rows.lowerBound) }

        func booking(in row: Int64) throws -> StoredBooking {
            StoredBooking(row: row, export: export, booking: try spool.claims(inOrder: place(of: row)))
        }
    }

    mutating func note(_ booking: StoredBooking) {
        if known.count < Self.limit { known[booking.row] = booking }
    }

    /// - Parameters:
    ///   - rows: in which bookings of `spool` have been put.
    ///   - first: the place of the first in its order; those of the others follow.
    mutating func note(_ rows: some Sequence<Int64>, of spool: BookingSpool, inOrder first: Int, export: Int64) {
        for (row, place) in zip(rows, first...) {
            if let last = spooled.last, last.spool == spool, row == last.rows.upperBound + 1,
                place == last.place(of: row)
            {
                spooled[spooled.count - 1].rows = last.rows.lowerBound...row
            } else {
                spooled.append(SpooledRows(rows: row...row, spool: spool, first: place, export: export))
            }
        }
    }

    /// Calls `body` with each of `rows`, which are in order, with or without attendees; first with those that need no
    /// reading. The others that are one after the other are read in one go.
    func forEach(
        in rows: [Int64], by decoder: inout BookingDecoder, _ db: Database, _ body: (StoredBooking) -> Void
    ) throws {
        var unknown: [Int64] = []
        for row in rows {
            if let booking = known[row] {
                body(booking)
            } else if let place = spooled.first(where: { $0.rows.contains(row) }) {
                body(try place.booking(in: row))
            } else {
                unknown.append(row)
            }
        }
        for run in runs(of: unknown) { try StoredBooking.forEach(in: run, by: &decoder, db, body) }
    }

    /// - Parameter rows: in order.
    private func runs(of rows: [Int64]) -> [ClosedRange<Int64>] {
        var runs: [ClosedRange<Int64>] = []
        for row in rows {
            if let last = runs.last, row <= last.upperBound + 1 {
                runs[runs.count - 1] = last.lowerBound...row
            } else {
                runs.append(row...row)
            }
        }
        return runs
    }
}
