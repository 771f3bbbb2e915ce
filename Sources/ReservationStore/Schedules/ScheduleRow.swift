import Foundation
import GRDB
import Reservations

/// What the next generation sees in one room.
struct ScheduleWrite: Sendable {
    let room: RoomName
    let schedule: RoomSchedule

    /// Takes as long as so many rows of a booking, as good as it can be known before.
    var weight: Int { 1 + schedule.bytes.count / 2_048 }

    /// Lets `generation` and those after it see it, in place of what was there.
    func execute(in generation: Int64, _ db: Database) throws {
        let number = try RoomRows.number(of: room, db)
        try BoundStatement(
            db.cachedStatement(
                sql: "UPDATE schedule SET until = ? WHERE roomId = ? AND until = \(Schema.forever) AND since < ?")
        ).execute(generation, number, generation)
        guard schedule.count > 0 else { return }
        try ScheduleRow(room: number, since: generation, until: Schema.forever, schedule: schedule).insert(db)
    }

    /// Takes back what was written for these rooms.
    static func undo(_ rooms: [RoomName], generation: Int64, _ db: Database) throws {
        for room in rooms {
            let number = try RoomRows.number(of: room, db)
            try db.execute(
                sql: "DELETE FROM schedule WHERE roomId = ? AND since = ?", arguments: [number, generation])
            try db.execute(
                sql: "UPDATE schedule SET until = ? WHERE roomId = ? AND until = ?",
                arguments: [Schema.forever, number, generation])
        }
    }
}

/// The row of a schedule, and the generations that see it.
struct ScheduleRow {
    /// Its number.
    let room: Int64
    let since: Int64
    let until: Int64
    let schedule: RoomSchedule

    func insert(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO schedule (
                    roomId, since, until, granted, declined, duplicates, lastEnd, lastDeclinedEnd, reservations
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try BoundStatement(statement).execute(
            room, since, until, schedule.count(of: .granted), schedule.count(of: .declined),
            schedule.count(of: .duplicate), schedule.lastEnd() ?? 0, schedule.lastEnd(of: .declined), schedule.bytes)
    }
}

extension RoomSchedule {
    fileprivate func count(of verdict: Verdict) -> Int {
        indices.reduce(0) { isVerdict(verdict, at: $1) ? $0 + 1 : $0 }
    }

    /// - Parameter verdict: `nil` for all.
    fileprivate func lastEnd(of verdict: Verdict? = nil) -> Int64? {
        indices.reduce(nil) { last, index in
            guard verdict.map({ isVerdict($0, at: index) }) ?? true else { return last }
            return max(last ?? .min, end(index))
        }
    }
}
