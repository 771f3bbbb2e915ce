import GRDB
import Reservations

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
}
