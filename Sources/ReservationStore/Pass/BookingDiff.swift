import Foundation
import GRDB
import Reservations

/// What of an export's bookings stays, comes and goes. A booking that only stands on another line stays.
///
/// Each side is read one booking at a time, and remembered by marks and rows: a large export has more of them than fit
/// into memory.
struct BookingDiff {
    /// Which bookings of the new content were there before, in its order; empty where there were none.
    private(set) var isKnown: [Bool] = []
    /// Row and new line of kept ones that moved within the file.
    private(set) var moved: [(row: Int64, line: Int)] = []
    /// Rows of kept ones whose entries have another stamp, with the place of each in the new content: many exporters
    /// write the time of the export into all of them.
    private(set) var restamped: [(row: Int64, place: Int)] = []
    /// Those that say something else now.
    private(set) var replaced: [GoneBooking] = []
    /// Those that are no longer there.
    private(set) var withdrawn: [GoneBooking] = []
    /// Of the kept ones those whose new revisions could not be read.
    private(set) var unread: [UnreadBooking] = []
    /// The rows that are replaced, with the place in the new content of what replaces them.
    private(set) var replacements: [(row: Int64, place: Int)] = []

    var gone: [GoneBooking] { replaced + withdrawn }

    /// - Parameters:
    ///   - export: its row.
    ///   - generation: the one that is being written.
    init(
        of export: Int64, by imported: ImportedBookings, absent: ExportChange.Absence, generation: Int64,
        _ db: Database
    ) throws {
        var rows = RowsByMark()
        try StoredBooking.forEachVisible(ofExport: export, before: generation, db) { old in
            rows.insert(Mark(old.booking.withoutLine), row: old.row, line: old.booking.line)
        }
        guard !rows.isEmpty else { return }
        let added = try match(imported, with: &rows)
        var decoder = BookingDecoder()
        var lists = RoomLists()
        for row in rows.left {
            guard let old = try StoredBooking.withRow(row, by: &decoder, db) else { continue }
            if let place = added[Mark(old.booking.key)], !isKnown[place],
                try old.isAlone(before: generation, db),
                try imported.booking(place).bytesWithoutStamp(&lists) == old.booking.bytesWithoutStamp(&lists)
            {
                isKnown[place] = true
                restamped.append((row, place))
            } else if let place = added[Mark(old.booking.key)] {
                replaced.append(GoneBooking(old))
                replacements.append((row, place))
            } else if absent.withdraws(old.booking) {
                withdrawn.append(GoneBooking(old))
            } else if absent.isUnread(old.booking) {
                unread.append(UnreadBooking(old))
            }
        }
    }

    /// Takes out of `rows` what is there again; answers the places of what is not, the first of each key.
    private mutating func match(_ imported: ImportedBookings, with rows: inout RowsByMark) throws -> [Mark: Int] {
        var added: [Mark: Int] = [:]
        try imported.forEach { new in
            if let old = rows.take(Mark(new.withoutLine)) {
                isKnown.append(true)
                if old.line != new.line { moved.append((old.row, new.line)) }
            } else {
                let key = Mark(new.key)
                if added[key] == nil { added[key] = isKnown.count }
                isKnown.append(false)
            }
        }
        return added
    }

    /// Takes in where the new content has what could not be read of it, by UID: whoever looks there finds the fault.
    mutating func moveUnread(to lines: [String: Int]) {
        for old in unread {
            guard let line = lines[old.uid], line != old.line else { continue }
            moved.append((old.row, line))
        }
    }

    /// Keeps what would be withdrawn.
    mutating func keep(_ rows: Set<Int64>) { withdrawn.removeAll { rows.contains($0.row) } }
}

/// A booking that stays because its new revision cannot be read.
struct UnreadBooking {
    let row: Int64
    let uid: String
    let line: Int
    let revision: Revision

    init(_ stored: StoredBooking) {
        row = stored.row
        uid = stored.booking.key.uid
        line = stored.booking.line
        revision = stored.booking.revision
    }
}

extension Booking {
    fileprivate var withoutLine: Booking {
        var copy = self
        copy.line = 0
        return copy
    }

    /// What its row has but for its line and for what tells which of several entries of one UID counts. As bytes: a
    /// composed letter and a decomposed one are equal to Swift, and not to who types a password.
    fileprivate func bytesWithoutStamp(_ lists: inout RoomLists) throws -> [UInt8] {
        var copy = withoutLine
        copy.revision.modified = Date(timeIntervalSince1970: 0)
        copy.revision.digest = ""
        return Array(try BookingRecord(copy, &lists).values.rest)
    }
}

extension StoredBooking {
    /// Whether the generation before sees no other entry of its UID: which of them counts makes no difference then.
    fileprivate func isAlone(before generation: Int64, _ db: Database) throws -> Bool {
        try StoredBooking.spans(of: booking.family, db)
            .allSatisfy { $0.row == row || !$0.generations.contains(generation - 1) }
    }
}

extension ExportChange.Absence {
    fileprivate func isUnread(_ booking: Booking) -> Bool {
        switch self {
        case .withdrawn, .stays: false
        case .staysWithUID(let uids): uids.contains(booking.key.uid)
        }
    }

    fileprivate func withdraws(_ booking: Booking) -> Bool {
        switch self {
        case .withdrawn: true
        case .staysWithUID(let uids): !uids.contains(booking.key.uid)
        case .stays: false
        }
    }
}
