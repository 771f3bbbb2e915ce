import GRDB
package import Reservations

/// One answer to be given: to whoever sent a UID, from one room.
package struct ReplyName: Hashable, Sendable, Comparable {
    package var source: String
    package var scope: String
    package var uid: String
    package var room: RoomName

    package init(source: String, scope: String, uid: String, room: RoomName) {
        self.source = source
        self.scope = scope
        self.uid = uid
        self.room = room
    }

    package init(_ stored: StoredReservation) {
        source = stored.reservation.source
        scope = stored.reservation.id.scope
        uid = stored.reservation.id.uid
        room = stored.reservation.id.room
    }

    package static func < (lhs: ReplyName, rhs: ReplyName) -> Bool {
        (lhs.source, lhs.room, lhs.scope, lhs.uid) < (rhs.source, rhs.room, rhs.scope, rhs.uid)
    }
}

/// A reservation with what its answer needs besides.
package struct AnsweredReservation: Hashable, Sendable {
    package var stored: StoredReservation
    package var export: ExportName
    package var sequence: Int
    /// Whether it is an entry of its own beside its series.
    package var isOverride: Bool
}

extension ReservationStore {
    /// The rejected entries that the answer of this name is about.
    package func rejected(by name: ReplyName) async throws -> [StoredRejection] {
        try await database.read { try StoredRejection.of(name, in: GenerationRows.current($0), $0) }
    }

    /// Whose rejections are new or gone; all of them where everything has to be looked at.
    package func rejections(in news: ReportNews) async throws -> [ReplyName] {
        try await database.read { db in
            let changed = try StoredRejection.names(changedAfter: news.reported, upTo: news.current, db)
            return try news.isEverything ? changed + StoredRejection.names(in: news.current, db) : changed
        }
    }

    /// What the answer of this name is about, in order of start; none where nothing is booked any more.
    package func answered(by name: ReplyName) async throws -> [AnsweredReservation] {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            let rows = Set(try StoredBooking.spans(of: name.family, db).map(\.row))
            return try StoredReservation.of(rows, in: [name.room], generation, db)
                .filter { $0.reservation.source == name.source }
                .compactMap { stored in
                    try StoredBooking.place(of: stored.booking, db).map { AnsweredReservation(stored, $0) }
                }
        }
    }
}

extension AnsweredReservation {
    fileprivate init(_ stored: StoredReservation, _ place: StoredBooking.Place) {
        self.init(
            stored: stored, export: place.export, sequence: place.sequence, isOverride: !place.recurrenceID.isEmpty)
    }
}
