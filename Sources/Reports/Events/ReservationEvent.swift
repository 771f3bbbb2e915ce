package import Diagnostics
package import Foundation
package import Reservations

/// One thing that changed, for the log that is only appended to. Whose it is and what about is not in it.
package struct ReservationEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case granted
        case declined
        case duplicate
        /// Declined before, granted now.
        case promoted
        /// Granted before, declined now.
        case displaced
        /// The same booking in another slot.
        case moved
        /// The same slot and verdict; what the booking says about it is another.
        case changed
        case withdrawn
        case expired
        /// An expiry was written anew.
        case corrected
    }

    package var kind: Kind
    package var at: Date
    package var pass: Int64?
    package var id: ReservationID
    package var slot: TimeSlot
    /// Where it was moved from.
    package var oldSlot: TimeSlot?
    package var source: String
    package var code: DiagnosticCode?
    package var reason: RankElement?
    package var expiry: Expiry?
    package var revision: Int?
    /// How many occurrences of a series are told in this one event; the slot is that of the first.
    package var occurrences = 1

    package init(
        _ kind: Kind, at: Date, pass: Int64? = nil, id: ReservationID, slot: TimeSlot, oldSlot: TimeSlot? = nil,
        source: String, code: DiagnosticCode? = nil, reason: RankElement? = nil, expiry: Expiry? = nil,
        revision: Int? = nil
    ) {
        self.kind = kind
        self.at = at
        self.pass = pass
        self.id = id
        self.slot = slot
        self.oldSlot = oldSlot
        self.source = source
        self.code = code
        self.reason = reason
        self.expiry = expiry
        self.revision = revision
    }

    /// One line of JSON, with its line end, in UTF-8.
    package func line() -> [UInt8] {
        JSONText(line: [
            ("at", .text(Timestamp.utc(at))),
            ("event", .text(kind.rawValue)),
            ("pass", pass.map { .number(Int($0)) }),
            ("source", .text(ReportText.clean(source, limit: ReportText.valueLimit))),
            ("uid", .text(ReportText.clean(id.uid, limit: ReportText.valueLimit))),
            ("recurrence_id", occurrences > 1 ? nil : id.recurrenceID.map { .text($0.text) }),
            ("room", .text(id.room.text)),
            ("start", .text(Timestamp.utc(slot.start))),
            ("end", .text(Timestamp.utc(slot.end))),
            ("from_start", oldSlot.map { .text(Timestamp.utc($0.start)) }),
            ("from_end", oldSlot.map { .text(Timestamp.utc($0.end)) }),
            ("occurrences", occurrences > 1 ? .number(occurrences) : nil),
            ("code", code.map { .text($0.rawValue) }),
            ("reason", reason.map { .text($0.rawValue) }),
            ("outcome", expiry.map { .text($0.outcome.rawValue) }),
            ("minutes", expiry.map { .number($0.minutes) }),
            ("openings", expiry.map { .number($0.openings) }),
            ("revision", revision.map { .number($0) }),
        ]).bytes
    }
}

extension ReservationEvent {
    /// What happened to a reservation between two passes; `nil` where nothing did that is worth telling.
    ///
    /// - Parameter now: what was over by then and leaves was not withdrawn.
    package init?(
        from before: ReportedReservation?, to after: ReportedReservation?, at instant: Date, pass: Int64, now: Date
    ) {
        guard let shown = after ?? before else { return nil }
        let (reservation, decision) = (shown.reservation, shown.decision)
        guard let kind = Self.kind(from: before, to: after, now: now) else { return nil }
        self.init(
            kind, at: instant, pass: pass, id: reservation.id, slot: reservation.slot,
            oldSlot: kind == .moved ? before?.reservation.slot : nil, source: reservation.source,
            code: kind == .withdrawn ? nil : decision.code, reason: kind == .withdrawn ? nil : decision.reason)
    }

    private static func kind(from before: ReportedReservation?, to after: ReportedReservation?, now: Date) -> Kind? {
        guard let after else {
            guard let before, before.reservation.slot.end > now else { return nil }
            return .withdrawn
        }
        guard let before else { return after.decision.firstKind }
        guard before.reservation.slot == after.reservation.slot else { return .moved }
        switch (before.decision.verdict, after.decision.verdict) {
        case (.granted, .granted), (.declined, .declined), (.duplicate, .duplicate):
            return before == after ? nil : .changed
        case (.declined, .granted): return .promoted
        case (.granted, .declined): return .displaced
        case (.duplicate, .granted), (.duplicate, .declined), (.granted, .duplicate), (.declined, .duplicate):
            return after.decision.firstKind
        }
    }

    /// The same events, with the occurrences of one series that share a fate in one.
    package static func joined(_ events: [ReservationEvent]) -> [ReservationEvent] {
        var places: [Series: Int] = [:]
        var joined: [ReservationEvent] = []
        for event in events {
            guard event.code == nil, event.id.recurrenceID != nil,
                [.granted, .withdrawn, .changed].contains(event.kind)
            else {
                joined.append(event)
                continue
            }
            let series = Series(kind: event.kind, scope: event.id.scope, uid: event.id.uid, room: event.id.room)
            if let place = places[series] {
                joined[place].occurrences += 1
            } else {
                places[series] = joined.count
                joined.append(event)
            }
        }
        return joined
    }

    private struct Series: Hashable {
        let kind: Kind
        let scope: String
        let uid: String
        let room: RoomName
    }
}

extension Decision {
    fileprivate var firstKind: ReservationEvent.Kind {
        switch verdict {
        case .granted: .granted
        case .declined: .declined
        case .duplicate: .duplicate
        }
    }
}
