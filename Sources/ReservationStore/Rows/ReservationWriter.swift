import Diagnostics
import Foundation
import GRDB
import Reservations

/// Inserts reservations of one generation, in one transaction. They come room by room: the number of each is looked up
/// once.
struct ReservationWriter {
    private let generation: Int64
    private let now: Date
    private var room: (name: RoomName, number: Int64)?
    private var insertion: BoundStatement?

    init(since generation: Int64, at now: Date) {
        self.generation = generation
        self.now = now
    }

    /// Lets the generation and those after it see it done.
    mutating func execute(_ write: RoomsChange.Write, _ db: Database) throws {
        switch write {
        case .hide(let row):
            try BoundStatement(db.cachedStatement(sql: "UPDATE reservation SET until = ? WHERE id = ?"))
                .execute(generation, row)
        case .insert(let new, let decision): try insert(new, decision, db)
        }
    }

    private mutating func insert(_ new: BookedReservation, _ decision: Decision, _ db: Database) throws {
        let id = new.reservation.id
        try prepared(db).execute(
            new.booking, generation, Schema.forever, id.recurrenceID?.text ?? "", number(of: id.room, db),
            new.reservation.slot.start.seconds, new.reservation.slot.end.seconds, decision.verdict.number,
            decision.code?.rawValue, decision.reason?.rawValue, ReservationIDList.encode(decision.blocking),
            decision.nextFree?.start.seconds, decision.nextFree?.end.seconds, now.seconds)
    }

    private mutating func prepared(_ db: Database) throws -> BoundStatement {
        if let insertion { return insertion }
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR FAIL INTO reservation (
                    booking, since, until, recurrenceId, roomId, startsAt, endsAt, verdict, code, reason, blocking,
                    nextFreeStart, nextFreeEnd, decidedAt
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let found = BoundStatement(statement)
        insertion = found
        return found
    }

    private mutating func number(of name: RoomName, _ db: Database) throws -> Int64 {
        if let room, room.name == name { return room.number }
        let number = try RoomRows.number(of: name, db)
        room = (name, number)
        return number
    }
}
