import Foundation
import Reservations

/// The rules of placement in their plainest form, each candidate compared with each: what `decide` is held against.
func grantedByPlainWalk(_ candidates: [Candidate], policy: ConflictPolicy, at now: Date) -> Set<ReservationID> {
    var meetings = candidates.filter { $0.reservation.participation.takesPart }
        .sorted { rank($0, policy, now).lexicographicallyPrecedes(rank($1, policy, now)) }
    for (index, candidate) in meetings.enumerated().reversed() {
        let head = meetings.firstIndex { isSameMeeting($0.reservation, candidate.reservation) } ?? index
        guard head != index, meetings[head].reservation.id.uid != candidate.reservation.id.uid else { continue }
        meetings[head].standing = max(meetings[head].standing, candidate.standing)
        meetings.remove(at: index)
    }
    meetings.sort { rank($0, policy, now).lexicographicallyPrecedes(rank($1, policy, now)) }
    let buffer = Double(policy.buffer.components.seconds)
    var placed: [Reservation] = []
    for candidate in meetings.map(\.reservation) {
        let isFree = placed.allSatisfy { other in
            let pause = other.plainOwner == candidate.plainOwner ? 0 : buffer
            return other.slot.end + pause <= candidate.slot.start || candidate.slot.end + pause <= other.slot.start
        }
        if isFree { placed.append(candidate) }
    }
    return Set(placed.map(\.id))
}

private func isSameMeeting(_ a: Reservation, _ b: Reservation) -> Bool {
    a.slot == b.slot && a.plainOwner == b.plainOwner
}

/// The elements of the rank as texts that sort like it.
private func rank(_ candidate: Candidate, _ policy: ConflictPolicy, _ now: Date) -> [String] {
    let reservation = candidate.reservation
    let freeze = Double(policy.freeze.components.seconds)
    let isGranted = candidate.standing >= .granted
    let isFrozen = isGranted && reservation.slot.start - freeze <= now && now < reservation.slot.end
    func sortable(_ date: Date) -> String { String(Int(date.timeIntervalSince1970) + 10_000_000_000) }
    return [
        candidate.standing == .open ? "0" : "1", isFrozen ? "0" : "1",
        reservation.participation == .confirmed ? "0" : "1", String(9 - reservation.sourcePriority),
        isGranted ? "0" : "1", reservation.created.map(sortable) ?? "z", sortable(reservation.slot.start),
        reservation.id.uid, reservation.id.recurrenceID?.text ?? "", reservation.source,
    ]
}

extension Reservation {
    /// Without a mapping of addresses.
    var plainOwner: OwnerIdentity { ownerIdentity(by: AddressBook()) }
}
