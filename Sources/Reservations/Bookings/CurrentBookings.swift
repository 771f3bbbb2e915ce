package import Diagnostics

/// What the entries of one UID, from any exports, mean together (design: conflicts, rule 3).
package struct CurrentBookings: Hashable, Sendable {
    /// The reservations of the current revisions, those of cancelled ones included; by identifier.
    package var reservations: [CurrentReservation] = []
    /// The entries that do not count, in the order of the input.
    package var superseded: [SupersededBooking] = []
}

package struct CurrentReservation: Hashable, Sendable {
    package var reservation: Reservation
    /// Which of the entries it comes from: an index into the input.
    package var entry: Int
}

/// An entry that another one has replaced.
package struct SupersededBooking: Hashable, Sendable {
    /// The entry, and the one that counts instead: indices into the input.
    package var entry: Int
    package var by: Int
    package var reason: Reason

    package enum Reason: Hashable, Sendable {
        /// The other is the greater revision.
        case olderRevision
        /// The other says the same.
        case copy
        /// An override of an occurrence that the newer series no longer has.
        case orphanedOverride
        /// An override of a series that was called off later.
        case seriesCancelled
    }

    /// `nil` for a copy, which is nothing to complain about.
    package var code: DiagnosticCode? {
        switch reason {
        case .olderRevision, .seriesCancelled: .staleRevision
        case .orphanedOverride: .orphanedOverride
        case .copy: nil
        }
    }
}

/// Finds the current revisions among `entries`, which share scope and UID, and the reservations that they make.
///
/// The order of `entries` makes no difference, nor does it matter which of them share an export, as long as each
/// export's own overrides were matched with its own master when it was read.
package func currentBookings(of entries: [BookingInExport]) -> CurrentBookings {
    let groups = RoomCalendars(entries).groups
    var current = CurrentBookings()
    var superseded: [Int: [SupersededBooking]] = [:]
    for group in groups {
        let revisions = Revisions(group.map { entries[$0] })
        current.reservations += revisions.reservations().map {
            CurrentReservation(reservation: $0.reservation, entry: group[$0.entry])
        }
        for found in revisions.superseded {
            superseded[group[found.entry], default: []].append(
                SupersededBooking(entry: group[found.entry], by: group[found.by], reason: found.reason))
        }
    }
    if groups.count > 1 { current.reservations.sort { $0.reservation.id < $1.reservation.id } }
    // What is in several groups counts as long as it counts in one.
    current.superseded = entries.indices.compactMap { entry in
        guard let found = superseded[entry], found.count == groups.count(where: { $0.contains(entry) }) else {
            return nil
        }
        return found[0]
    }
    return current
}
