/// The entries of one UID by the part of the series that they tell about, on their way to `CurrentBookings`.
struct Revisions {
    private let entries: [BookingInExport]
    /// By entry: the RECURRENCE-ID as its master writes it, and `nil` for the master itself.
    private let parts: [RecurrenceID?]
    /// The current entry of each part; a few, in no order.
    private var current: [(part: RecurrenceID?, entry: Int)] = []
    private(set) var superseded: [SupersededBooking] = []

    init(_ entries: [BookingInExport]) {
        self.entries = entries
        parts = Self.parts(of: entries)
        keepGreatest()
        dropStaleOverrides()
        superseded.sort { $0.entry < $1.entry }
    }

    private mutating func keepGreatest() {
        guard entries.count > 1 else {
            current = parts.enumerated().map { ($1, $0) }
            return
        }
        for (part, revisions) in Dictionary(grouping: entries.indices, by: { parts[$0] }) {
            guard let greatest = revisions.max(by: isOlder) else { continue }
            current.append((part, greatest))
            for entry in revisions where entry != greatest {
                let isCopy = entries[entry].booking.revision.isCopy(of: entries[greatest].booking.revision)
                superseded.append(
                    SupersededBooking(entry: entry, by: greatest, reason: isCopy ? .copy : .olderRevision))
            }
        }
    }

    /// Equal revisions may have been read under other zones or rules, so what they say decides last.
    private func isOlder(_ first: Int, _ second: Int) -> Bool {
        let (a, b) = (entries[first].booking, entries[second].booking)
        if a.revision != b.revision { return a.revision < b.revision }
        let (left, right) = (a.occurrences.map(\.slot), b.occurrences.map(\.slot))
        if left != right { return left.lexicographicallyPrecedes(right) }
        return a.rooms.map(\.name).lexicographicallyPrecedes(b.rooms.map(\.name))
    }

    private mutating func dropStaleOverrides() {
        guard current.count > 1, let master = current.first(where: { $0.part == nil })?.entry else { return }
        let series = entries[master].booking
        let known = knownParts(of: series)
        current.removeAll { part, entry in
            guard entry != master else { return false }
            let override = entries[entry].booking.revision
            let isCalledOff =
                series.participation == .cancelled
                && (override.sequence, override.modified) <= (series.revision.sequence, series.revision.modified)
            let isOrphaned = override.sequence < series.revision.sequence && !known.contains(part)
            guard isCalledOff || isOrphaned else { return false }
            superseded.append(
                SupersededBooking(
                    entry: entry, by: master, reason: isCalledOff ? .seriesCancelled : .orphanedOverride))
            return true
        }
    }

    /// What the series has, and what the exports that have it in this revision override: a master leaves that out.
    private func knownParts(of series: Booking) -> Set<RecurrenceID?> {
        let homes = entries.filter { entry in
            entry.booking.key.recurrenceID == nil && entry.booking.revision.isCopy(of: series.revision)
        }
        let exports = Set(homes.map(\.export))
        return Set(series.occurrences.map(\.recurrenceID))
            .union(entries.indices.filter { exports.contains(entries[$0].export) }.map { parts[$0] })
    }

    /// The reservations of the current entries, by identifier.
    ///
    /// Of several entries with the same occurrence the one that begins latest in the series has it: a plain override
    /// before one with RANGE=THISANDFUTURE, that before the master.
    func reservations() -> [CurrentReservation] {
        let owners = owners()
        var found: [CurrentReservation] = []
        for (part, entry) in current {
            let booking = entries[entry].booking
            let claimed = occurrences(of: entry).filter { owners[$0.part, default: part] == part }
            booking.forEachReservation(of: claimed, in: booking.rooms) {
                found.append(CurrentReservation(reservation: $0, entry: entry))
            }
        }
        found.sort { $0.reservation.id < $1.reservation.id }
        return found
    }

    /// By occurrence the override that has it: the master has what none claims.
    private func owners() -> [RecurrenceID?: RecurrenceID?] {
        guard current.count > 1 else { return [:] }
        var owners: [RecurrenceID?: RecurrenceID?] = [:]
        for (part, entry) in current where part != nil {
            for claimed in [part] + occurrences(of: entry).map(\.part) {
                let owner = owners[claimed, default: nil]
                owners.updateValue(owner.isBefore(part) ? part : owner, forKey: claimed)
            }
        }
        return owners
    }

    /// An override without a RECURRENCE-ID on its occurrence has that of the part.
    private func occurrences(of entry: Int) -> [(part: RecurrenceID?, slot: TimeSlot)] {
        let booking = entries[entry].booking
        return booking.occurrences.map { occurrence in
            guard let recurrenceID = occurrence.recurrenceID, recurrenceID != booking.key.recurrenceID else {
                return (parts[entry], occurrence.slot)
            }
            return (recurrenceID, occurrence.slot)
        }
    }
}

extension Revisions {
    /// Brings RECURRENCE-IDs that are local days together with those that are instants of the same day.
    ///
    /// An entry does not say in which zone it was written. An instant that stands for a day is that day's midnight
    /// there: of the midnights of UTC the nearest one is of that day, from twelve hours behind UTC to twelve ahead. In
    /// the zones that are further ahead it is the next one, which counts where the series has no other.
    private static func parts(of entries: [BookingInExport]) -> [RecurrenceID?] {
        guard entries.contains(where: { $0.booking.key.recurrenceID != nil }) else {
            return entries.map { _ in nil }
        }
        let bookings = entries.map(\.booking)
        let ofMasters = Set(
            bookings.filter { $0.key.recurrenceID == nil }.flatMap(\.occurrences).compactMap(\.recurrenceID))
        // Nearly always nobody asks.
        lazy var instants = firstInstants(of: ofMasters.union(bookings.compactMap(\.key.recurrenceID)))
        return bookings.map { booking in
            guard let own = booking.key.recurrenceID else { return nil }
            guard !ofMasters.contains(own) else { return own }
            if own.isDay { return instants[own.day] ?? own }
            return own.daysByMidnight.map { RecurrenceID($0) }
                .first(where: ofMasters.contains) ?? own
        }
    }

    private static func firstInstants(of all: Set<RecurrenceID>) -> [Substring: RecurrenceID] {
        Dictionary(grouping: all.filter { !$0.isDay }, by: \.day).compactMapValues { $0.min() }
    }
}

extension Revision {
    /// Whether both were written as the same text, in whatever source.
    fileprivate func isCopy(of other: Revision) -> Bool {
        sequence == other.sequence && modified == other.modified && digest == other.digest
    }
}

extension Booking {
    /// Calls `body` with the reservation of each of `occurrences` in each of `rooms`, which are of its own.
    fileprivate func forEachReservation(
        of occurrences: some Sequence<(part: RecurrenceID?, slot: TimeSlot)>, in rooms: [BookedRoom],
        _ body: (Reservation) -> Void
    ) {
        let rooms = rooms.map { ($0.name, Shared(ReservationDetails(of: self, in: $0))) }
        let (scope, uid) = (key.scope, key.uid)
        for occurrence in occurrences {
            for (room, details) in rooms {
                let id = ReservationID(scope: scope, uid: uid, recurrenceID: occurrence.part, room: room)
                body(Reservation(id, slot: occurrence.slot, details: details))
            }
        }
    }

    /// Calls `body` with what it claims in those of its rooms that are among `rooms`, in the order of its occurrences,
    /// where its UID has no other entry.
    package func forEachReservation(in rooms: [RoomName], _ body: (Reservation) -> Void) {
        let part = key.recurrenceID
        let claimed = occurrences.lazy.map { (part: $0.recurrenceID ?? part, slot: $0.slot) }
        forEachReservation(of: claimed, in: self.rooms.filter { rooms.contains($0.name) }, body)
    }
}

extension ReservationDetails {
    fileprivate init(of booking: Booking, in room: BookedRoom) {
        self.init(
            participation: booking.participation, created: booking.created, owner: booking.owner,
            attendees: booking.attendees, summary: booking.summary, shownRoom: room.shown, settings: booking.settings,
            source: booking.revision.source, sourcePriority: booking.revision.sourcePriority)
    }
}
