package import Diagnostics
package import Foundation
import GRDB
import Reservations

/// A minute's refusals of one room, for one reason, to one person.
package struct RefusalRow: Hashable, Sendable {
    /// The start of the minute.
    package var minute: Date
    /// The canonical name; as it was asked for, cut to 255 characters, where that cannot be one.
    package var room: String
    package var code: DiagnosticCode
    /// `""` when nobody is known, `nil` when it was forgotten.
    package var asker: String?
    package var count: Int
    package var firstAt: Date
    package var lastAt: Date

    /// What cannot be a room or an address is shortened: such a text is as long as the client likes.
    private static let longestText = 255

    /// One refusal.
    package init(of name: String, asker: String?, _ code: DiagnosticCode, at now: Date) {
        minute = Date(seconds: now.seconds - now.seconds % 60)
        room = RoomName(name)?.text ?? String(name.prefix(Self.longestText))
        self.code = code
        self.asker = String((asker ?? "").prefix(Self.longestText))
        count = 1
        firstAt = now
        lastAt = now
    }

    /// Which refusals are counted together.
    package var key: [String] { ["\(minute.seconds)", room, code.rawValue, asker ?? ""] }

    package mutating func add(_ other: RefusalRow) {
        count += other.count
        firstAt = min(firstAt, other.firstAt)
        lastAt = max(lastAt, other.lastAt)
    }

    init(_ row: Row) throws {
        guard let code = DiagnosticCode(rawValue: row["code"]) else {
            throw DatabaseError(message: "'\(row["code"] as String)' is no code")
        }
        minute = Date(seconds: row["minute"])
        room = row["room"]
        self.code = code
        asker = row["asker"]
        count = row["count"]
        firstAt = Date(seconds: row["firstAt"])
        lastAt = Date(seconds: row["lastAt"])
    }

    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO refusals (minute, room, code, asker, count, firstAt, lastAt) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (minute, room, code, asker) DO UPDATE SET
                    count = count + excluded.count, firstAt = min(firstAt, excluded.firstAt),
                    lastAt = max(lastAt, excluded.lastAt)
                """,
            arguments: [minute.seconds, room, code.rawValue, asker, count, firstAt.seconds, lastAt.seconds]
        )
    }
}
