package import Diagnostics
package import Reservations

/// One item of a report: what became of an entry, or what is to be said about it or its file.
///
/// All formats show its fields under the same names and in the same order (`fields`). A password has no field here.
package struct Finding: Hashable, Sendable {
    /// The export, as the operator knows it.
    package var file: String?
    /// From 1.
    package var line: Int?
    package var uid: String?
    package var recurrenceID: String?
    package var sequence: Int?
    /// As the booking names it.
    package var room: String?
    package var owner: String?
    package var summary: String?
    /// What was booked.
    package var slot: TimeSlot?
    /// The zone of the local times in `message` and `hint`.
    package var zone: String?
    /// `nil` for a finding about the file as a whole, or one that changes nothing.
    package var verdict: EntryVerdict?
    /// `nil` for a plain grant.
    package var code: DiagnosticCode?
    package var severity: Severity
    /// Who has to act; `nil` where nobody has to.
    package var actor: Actor?
    package var message: String
    package var hint: String?
    /// The reservations in the way, as far as the sender may know of them.
    package var blocking: [Blocker]
    package var granted: TimeSlot?
    package var requestStatus: RequestStatus?

    package init(
        file: String? = nil, line: Int? = nil, uid: String? = nil, recurrenceID: String? = nil, sequence: Int? = nil,
        room: String? = nil, owner: String? = nil, summary: String? = nil, slot: TimeSlot? = nil, zone: String? = nil,
        verdict: EntryVerdict? = nil, code: DiagnosticCode? = nil, severity: Severity = .note, actor: Actor? = nil,
        message: String, hint: String? = nil, blocking: [Blocker] = [], granted: TimeSlot? = nil,
        requestStatus: RequestStatus? = nil
    ) {
        self.file = file
        self.line = line
        self.uid = uid
        self.recurrenceID = recurrenceID
        self.sequence = sequence
        self.room = room
        self.owner = owner
        self.summary = summary
        self.slot = slot
        self.zone = zone
        self.verdict = verdict
        self.code = code
        self.severity = severity
        self.actor = actor
        self.message = message
        self.hint = hint
        self.blocking = blocking
        self.granted = granted
        self.requestStatus = requestStatus
    }
}

/// What became of one entry.
package enum EntryVerdict: String, Hashable, Sendable, CaseIterable {
    case granted
    /// Granted, but something of it was read otherwise than it is written.
    case adjusted
    case duplicate
    case declined
    case rejected
    case withdrawn
    case ignored
    case promoted
    case expired
}

/// A reservation that stands in the way of another one.
package struct Blocker: Hashable, Sendable {
    /// `nil` where the sender may not know it.
    package var uid: String?
    package var room: String
    package var slot: TimeSlot
    /// `nil` where the sender may not know it.
    package var source: String?
    /// Why it came first, for people.
    package var reason: String

    package init(uid: String? = nil, room: String, slot: TimeSlot, source: String? = nil, reason: String) {
        self.uid = uid
        self.room = room
        self.slot = slot
        self.source = source
        self.reason = reason
    }
}
