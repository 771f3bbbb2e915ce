import GRDB
package import Reservations

extension ReservationStore {
    /// What is kept as its conference was opened while the exports say otherwise, in order of room and UID.
    package func waiting() async throws -> [StoredReservation] {
        let ids = try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT scope, uid, recurrenceId, room FROM waiting").map { row in
                let recurrenceID: String = row["recurrenceId"]
                return ReservationID(
                    scope: row["scope"], uid: row["uid"],
                    recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID),
                    room: try RoomName.stored(row["room"]))
            }
        }
        guard !ids.isEmpty else { return [] }
        return try await reservations(withIDs: Set(ids)).values.sorted { $0.reservation.id < $1.reservation.id }
    }

    /// The same with what the export in row `export` says of each by now, where it says something of its UID.
    package func waiting(in export: Int64) async throws -> [(opened: StoredReservation, entry: Booking)] {
        let waiting = try await waiting()
        guard !waiting.isEmpty else { return [] }
        return try await database.read { db in
            let generation = try GenerationRows.current(db)
            return try waiting.compactMap { opened in
                let id = opened.reservation.id
                let own = try StoredBooking.visible(of: id.family, in: generation, db)
                    .filter { $0.export == export }.map(\.booking).sorted { $0.line < $1.line }
                let entry = own.first { $0.key.recurrenceID == id.recurrenceID } ?? own.first
                return entry.map { (opened, $0) }
            }
        }
    }
}
