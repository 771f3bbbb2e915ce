package import Foundation
import GRDB
package import Reservations

/// A conference as it stands in the database: what was promised to Prosody when the room was opened.
package struct StoredConference: Hashable, Sendable, Identifiable {
    package var id: Int64
    package var room: RoomName
    /// As Prosody wrote it.
    package var askedName: String
    package var mailOwner: String
    /// `nil` for an ad-hoc conference.
    package var reservation: ReservationID?
    /// The booked slot.
    package var slot: TimeSlot
    package var closes: Date
    package var settings: RoomSettings
    package var openedAt: Date
    package var handedOutAt: Date?
    package var endedAt: Date?
}

/// Why a conference is over.
package enum ConferenceEnding: String, Hashable, Sendable, CaseIterable {
    /// Prosody's DELETE.
    case deleted
    /// Our own clock, after no DELETE came.
    case clock
    /// The room's next reservation was opened.
    case next
}

extension StoredConference {
    init(_ row: Row) throws {
        let room = try RoomName.stored(row["room"])
        guard let slot = TimeSlot(start: Date(seconds: row["startsAt"]), end: Date(seconds: row["endsAt"])) else {
            throw DatabaseError(message: "conference \(row["id"] as Int64) ends before it starts")
        }
        let uid: String? = row["uid"]
        let recurrenceID: String = row["recurrenceId"] ?? ""
        id = row["id"]
        self.room = room
        askedName = row["askedName"]
        mailOwner = row["mailOwner"]
        reservation = uid.map { uid in
            ReservationID(
                scope: row["scope"] ?? "", uid: uid,
                recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID), room: room
            )
        }
        self.slot = slot
        closes = Date(seconds: row["closesAt"])
        settings = RoomSettings(maxOccupants: row["maxOccupants"], lobby: row["lobby"], password: row["password"])
        openedAt = Date(seconds: row["openedAt"])
        handedOutAt = (row["handedOutAt"] as Int64?).map(Date.init(seconds:))
        endedAt = (row["endedAt"] as Int64?).map(Date.init(seconds:))
    }

    static func open(in room: RoomName, _ db: Database) throws -> [StoredConference] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM conference WHERE room = ? AND endedAt IS NULL ORDER BY id")
        return try Row.fetchAll(statement, arguments: [room.text]).map(StoredConference.init)
    }

    /// The ids of all open ones, by room.
    static func openByRoom(_ db: Database) throws -> [RoomName: Set<Int64>] {
        try Row.fetchAll(db, sql: "SELECT id, room FROM conference WHERE endedAt IS NULL").reduce(into: [:]) {
            $0[try RoomName.stored($1["room"]), default: []].insert($1["id"])
        }
    }

    /// Everything booked that is open, in any room.
    static func openReservations(_ db: Database) throws -> [ReservationID] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM conference WHERE endedAt IS NULL AND uid IS NOT NULL ORDER BY id"
        ).compactMap { try StoredConference($0).reservation }
    }

    /// Lets the conferences of the one reservation be those of the other, the same meeting in the same slot.
    static func pass(_ succession: Competition.Succession, _ db: Database) throws {
        let (old, new) = (succession.from, succession.to)
        try db.execute(
            sql: """
                UPDATE conference SET scope = ?, uid = ?, recurrenceId = ?
                WHERE room = ? AND scope = ? AND uid = ? AND recurrenceId = ? AND startsAt = ? AND endsAt = ?
                """,
            arguments: [
                new.scope, new.uid, new.recurrenceID?.text ?? "",
                old.room.text, old.scope, old.uid, old.recurrenceID?.text ?? "",
                succession.slot.start.seconds, succession.slot.end.seconds,
            ]
        )
    }

    /// Every time that a reservation's conference was opened in its slot, or in the one that it had before it was made
    /// shorter or longer.
    static func spans(of reservation: Reservation, _ db: Database) throws -> [OpenSpan] {
        let id = reservation.id
        return try Row.fetchAll(
            db,
            sql: """
                SELECT openedAt, endedAt, ending FROM conference
                WHERE room = ? AND scope = ? AND uid = ? AND recurrenceId = ? AND startsAt < ? AND endsAt > ?
                ORDER BY openedAt, id
                """,
            arguments: [
                id.room.text, id.scope, id.uid, id.recurrenceID?.text ?? "", reservation.slot.end.seconds,
                reservation.slot.start.seconds,
            ]
        ).map { row in
            let ending = (row["ending"] as String?).flatMap(ConferenceEnding.init)
            return OpenSpan(
                start: Date(seconds: row["openedAt"]), end: (row["endedAt"] as Int64?).map(Date.init(seconds:)),
                closedByClock: ending == .clock || ending == .next)
        }
    }

    /// When the last slot ends for which a conference was ever opened in `room`.
    static func lastEnd(in room: RoomName, _ db: Database) throws -> Date? {
        let statement = try db.cachedStatement(sql: "SELECT max(endsAt) FROM conference WHERE room = ?")
        return try Int64.fetchOne(statement, arguments: [room.text]).map(Date.init(seconds:))
    }

    static func withID(_ id: Int64, _ db: Database) throws -> StoredConference? {
        try Row.fetchOne(db, sql: "SELECT * FROM conference WHERE id = ?", arguments: [id]).map(StoredConference.init)
    }

    /// The id that every health check is answered. No conference has it, so that the DELETE which Prosody sends when
    /// the room of the check closes ends nobody's conference.
    static let healthCheckID: Int64 = 1

    /// An id that was never used, also not by what a restored backup has forgotten.
    static func nextID(at now: Date, _ db: Database) throws -> Int64 {
        max((try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM conference") ?? 0) + 1, now.seconds)
    }

    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO conference (
                    id, room, askedName, mailOwner, scope, uid, recurrenceId, startsAt, endsAt, closesAt, maxOccupants,
                    lobby, password, openedAt
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, room.text, askedName, mailOwner, reservation?.scope, reservation?.uid,
                reservation.map { $0.recurrenceID?.text ?? "" }, slot.start.seconds, slot.end.seconds, closes.seconds,
                settings.maxOccupants, settings.lobby, settings.password, openedAt.seconds,
            ]
        )
    }

    /// - Parameters:
    ///   - end: when it ended.
    ///   - now: when we learned of it.
    static func end(_ id: Int64, _ ending: ConferenceEnding, at end: Date, now: Date, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE conference SET endedAt = max(?, openedAt), ending = ?, endRecordedAt = ? WHERE id = ?",
            arguments: [end.seconds, ending.rawValue, now.seconds, id]
        )
    }
}

extension RoomName {
    /// From a canonical name that this store wrote.
    static func stored(_ text: String) throws -> RoomName {
        guard let name = RoomName(text) else { throw DatabaseError(message: "'\(text)' is no canonical room name") }
        return name
    }
}
