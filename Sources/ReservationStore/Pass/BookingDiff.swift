import Reservations

/// What of an export's bookings stays, comes and goes. A booking that only stands on another line stays.
struct BookingDiff {
    private(set) var kept: [StoredBooking] = []
    /// Row and new line of kept ones that moved within the file.
    private(set) var moved: [(row: Int64, line: Int)] = []
    private(set) var added: [Booking] = []
    /// Those that have another revision now.
    private(set) var replaced: [StoredBooking] = []
    /// Those that are no longer there.
    private(set) var withdrawn: [StoredBooking] = []

    /// Of the kept ones those whose new revisions could not be read.
    private(set) var unread: [StoredBooking] = []
    /// What was replaced, with what replaced it.
    private(set) var replacements: [(old: Booking, new: Booking)] = []

    var gone: [StoredBooking] { replaced + withdrawn }

    init(stored: [StoredBooking], imported: [Booking], absent: ExportChange.Absence) {
        var rows: [Booking: [StoredBooking]] = [:]
        for old in stored.reversed() { rows[old.booking.withoutLine, default: []].append(old) }
        for new in imported {
            guard var old = rows[new.withoutLine]?.popLast() else {
                added.append(new)
                continue
            }
            if old.booking.line != new.line {
                moved.append((old.row, new.line))
                old.booking.line = new.line
            }
            kept.append(old)
        }
        let left = Set(rows.values.joined().map(\.row))
        let new = Dictionary(added.map { ($0.key, $0) }) { first, _ in first }
        for old in stored where left.contains(old.row) {
            if let new = new[old.booking.key] {
                replaced.append(old)
                replacements.append((old.booking, new))
            } else if absent.withdraws(old.booking) {
                withdrawn.append(old)
            } else {
                kept.append(old)
                if absent.isUnread(old.booking) { unread.append(old) }
            }
        }
    }

    /// Takes in where the new content has what could not be read of it, by UID: whoever looks there finds the fault.
    mutating func moveUnread(to lines: [String: Int]) {
        for old in unread {
            guard let line = lines[old.booking.key.uid], line != old.booking.line else { continue }
            moved.append((old.row, line))
        }
    }

    /// Keeps what would be withdrawn.
    mutating func keep(_ rows: Set<Int64>) {
        kept += withdrawn.filter { rows.contains($0.row) }
        withdrawn.removeAll { rows.contains($0.row) }
    }
}

/// All entries of any exports that are about one UID.
struct BookingFamily: Hashable, Comparable {
    var scope: String
    var uid: String

    static func < (lhs: BookingFamily, rhs: BookingFamily) -> Bool { (lhs.scope, lhs.uid) < (rhs.scope, rhs.uid) }
}

extension Booking {
    var family: BookingFamily { BookingFamily(scope: key.scope, uid: key.uid) }

    /// By the first room and the first slot; by key where these are equal.
    func isDecidedBefore(_ other: Booking) -> Bool {
        let (room, others) = (rooms.first?.name, other.rooms.first?.name)
        guard room == others else { return room?.text ?? "" < others?.text ?? "" }
        let (slot, othersSlot) = (occurrences.first?.slot, other.occurrences.first?.slot)
        guard slot == othersSlot else { return slot.map { mine in othersSlot.map { mine < $0 } ?? false } ?? true }
        return family < other.family
    }

    fileprivate var withoutLine: Booking {
        var copy = self
        copy.line = 0
        return copy
    }
}

extension ReservationID {
    var family: BookingFamily { BookingFamily(scope: scope, uid: uid) }
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
