import GRDB
import Reservations

/// The schedules that one generation sees.
struct Schedules {
    let generation: Int64

    init(in generation: Int64) { self.generation = generation }

    /// Those that readers see.
    static func current(_ db: Database) throws -> Schedules {
        Schedules(in: try GenerationRows.current(db))
    }

    func schedule(of room: RoomName, _ db: Database) throws -> RoomSchedule {
        let statement = try db.cachedStatement(
            sql: """
                SELECT reservations FROM schedule
                WHERE roomId = (SELECT id FROM room WHERE name = ?) AND since <= ? AND until > ?
                """)
        let found = try statement.first([room.text, generation, generation]) { try RoomSchedule(stored: $0[0]) }
        return found ?? .empty
    }

    /// In order.
    func rooms(_ db: Database) throws -> [RoomName] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM room JOIN schedule ON roomId = room.id WHERE since <= ?1 AND until > ?1 ORDER BY name
                """,
            arguments: [generation]
        ).map(RoomName.stored)
    }

    /// Calls `body` with each room of which a reservation ends after `instant`, in seconds since 1970; in order.
    func forEach(
        endingAfter instant: Int64, _ db: Database, _ body: (RoomName, RoomSchedule) throws -> Void
    ) throws {
        try forEach("lastEnd > ?2", instant, db) {
            try body($0, $1)
            return true
        }
    }

    /// Calls `body` with each room of which one that is declined does, until it answers `false`.
    func forEach(
        declinedEndingAfter instant: Int64, _ db: Database, _ body: (RoomName, RoomSchedule) throws -> Bool
    ) throws {
        try forEach("lastDeclinedEnd > ?2", instant, db, body)
    }

    private func forEach(
        _ condition: String, _ instant: Int64, _ db: Database, _ body: (RoomName, RoomSchedule) throws -> Bool
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT name, reservations FROM room CROSS JOIN schedule ON roomId = room.id
                WHERE since <= ?1 AND until > ?1 AND \(condition) ORDER BY name
                """)
        let rows = try Row.fetchCursor(statement, arguments: [generation, instant])
        while let row = try rows.next() {
            guard try body(.stored(row[0]), RoomSchedule(stored: row[1])) else { return }
        }
    }
}

/// The schedules of a few rooms that are asked for again and again, each read once.
struct RecentSchedules {
    private let schedules: Schedules
    private var known: [RoomName: RoomSchedule] = [:]
    private var bytes = 0

    /// In bytes.
    private static let limit = 32 << 20

    init(_ schedules: Schedules) { self.schedules = schedules }

    mutating func schedule(of room: RoomName, _ db: Database) throws -> RoomSchedule {
        if let found = known[room] { return found }
        let found = try schedules.schedule(of: room, db)
        bytes += found.bytes.count
        if bytes > Self.limit { (known, bytes) = ([:], found.bytes.count) }
        known[room] = found
        return found
    }
}
