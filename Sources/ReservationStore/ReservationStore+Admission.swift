package import Foundation
import GRDB
package import Reservations

/// What a POST is answered.
package enum AdmissionAnswer: Hashable, Sendable {
    /// A conference that is stored by now; that of a health check is not.
    case opened(StoredConference)
    /// The id of the conference that is open already.
    ///
    /// - Parameter unmarked: why its row could not be marked with that; `nil` where it was.
    case alreadyOpen(Int64, unmarked: String? = nil)
    case refused(Refusal)
    /// No pass has been completed yet, so nothing is known about any room.
    case notReady
}

extension ReservationStore {
    /// Decides whether a room may open, and records that it has.
    ///
    /// A refusal waits for no writer. What opens, adopts or closes a conference is decided again inside the transaction
    /// that records it, so that of two who ask at once one opens and the other is told so. The id of what is open
    /// already is also told where that cannot be recorded.
    /// - Parameters:
    ///   - name: as it was asked for; GET echoes it byte for byte.
    ///   - mailOwner: `nil` without authentication.
    package func admit(
        _ name: String, at instant: Date, mailOwner: String?, policy: AdmissionPolicy, now: Date
    ) async throws -> AdmissionAnswer {
        try refuseIfDamaged()
        let request = AdmissionRequest(name: name, at: instant, mailOwner: mailOwner)
        let wish = Wish(name: name, mailOwner: mailOwner ?? "", request: request, policy: policy, now: now)
        if let answer = try readAtOnce({ try wish.answerWithoutWriting($0) }) { return answer }
        do {
            let recorded = try await writeAtOnce { try wish.record($0) }
            if recorded.hasEnded { conferenceEnds.send() }
            return recorded.answer
        } catch let failure as DatabaseError where Self.meansUnwritable(failure.resultCode) {
            guard let id = try await markUnwritten(wish) else { throw failure }
            return .alreadyOpen(id, unmarked: "\(failure)")
        }
    }

    /// Keeps the mark of a 409 in memory, and answers its id; `nil` where more than the mark has to be written.
    ///
    /// As the writer, so that a DELETE comes before both or after both; without a transaction, since one that writes
    /// may be refused from its beginning.
    private func markUnwritten(_ wish: Wish) async throws -> Int64? {
        try await waitingRequests.wait {
            try await database.writeWithoutTransaction { [unwrittenMarks] db in
                guard case .alreadyOpen(let id, ending: []) = try wish.decided(db) else { return nil }
                unwrittenMarks.note(id, at: wish.now)
                return id
            }
        }
    }

    /// What a POST would be answered now; nothing is recorded.
    package func wouldAdmit(
        _ name: String, at instant: Date, mailOwner: String?, policy: AdmissionPolicy, now: Date
    ) async throws -> (admission: Admission, room: RoomState) {
        let request = AdmissionRequest(name: name, at: instant, mailOwner: mailOwner)
        return try await database.read { db in
            let state = try request.room.map { try RoomState(of: $0, around: instant, db) } ?? RoomState()
            return (admission(request, room: state, policy: policy, now: now), state)
        }
    }
}

private struct Wish: Sendable {
    let name: String
    let mailOwner: String
    let request: AdmissionRequest
    let policy: AdmissionPolicy
    let now: Date

    /// `nil` where the answer has to be recorded.
    func answerWithoutWriting(_ db: Database) throws -> AdmissionAnswer? {
        let decided = try decided(db)
        if case .healthCheck(let start, let closes) = decided { return try healthCheck(start, closes) }
        guard try Bool.fetchOne(db, sql: "SELECT passedAt IS NOT NULL FROM generation") == true else {
            return .notReady
        }
        switch decided {
        case .refused(let refusal): return .refused(refusal)
        case .healthCheck: return nil
        case .open, .adHoc, .alreadyOpen: return nil
        }
    }

    /// Decides again, and writes what follows; tells whether a conference has ended by it.
    func record(_ db: Database) throws -> (answer: AdmissionAnswer, hasEnded: Bool) {
        switch try decided(db) {
        case .refused(let refusal): return (.refused(refusal), false)
        case .healthCheck(let start, let closes): return (try healthCheck(start, closes), false)
        case .open(let reservation, let opening):
            let opened = try open(opening, end: reservation.slot.end, reservation.id, db)
            return (.opened(opened), !opening.ending.isEmpty)
        case .adHoc(let opening):
            return (.opened(try open(opening, end: opening.closes, nil, db)), !opening.ending.isEmpty)
        case .alreadyOpen(let id, let ending):
            for earlier in ending { try StoredConference.end(earlier, .next, at: now, now: now, db) }
            try db.execute(sql: "UPDATE conference SET handedOutAt = ? WHERE id = ?", arguments: [now.seconds, id])
            return (.alreadyOpen(id), !ending.isEmpty)
        }
    }

    func decided(_ db: Database) throws -> Admission {
        let state = try request.room.map { try RoomState(of: $0, around: request.instant, db) } ?? RoomState()
        return admission(request, room: state, policy: policy, now: now)
    }

    private func healthCheck(_ start: Date, _ closes: Date) throws -> AdmissionAnswer {
        guard let slot = TimeSlot(start: start, end: closes), let room = request.room else {
            return .refused(.unusableName)
        }
        return .opened(conference(StoredConference.healthCheckID, room, nil, slot, closes, RoomSettings()))
    }

    private func open(
        _ opening: Opening, end: Date, _ reservation: ReservationID?, _ db: Database
    ) throws -> StoredConference {
        guard let room = request.room, let slot = TimeSlot(start: opening.start, end: end) else {
            throw DatabaseError(message: "an opening without a room or a length")
        }
        for id in opening.ending { try StoredConference.end(id, .next, at: now, now: now, db) }
        let id = try StoredConference.nextID(at: now, db)
        let opened = conference(id, room, reservation, slot, opening.closes, opening.settings)
        try opened.insert(db)
        return opened
    }

    private func conference(
        _ id: Int64, _ room: RoomName, _ reservation: ReservationID?, _ slot: TimeSlot, _ closes: Date,
        _ settings: RoomSettings
    ) -> StoredConference {
        StoredConference(
            id: id, room: room, askedName: name, mailOwner: mailOwner, reservation: reservation, slot: slot,
            closes: closes,
            settings: settings, openedAt: now
        )
    }
}

extension RoomState {
    /// What of a room's state can matter for an answer about `instant`.
    init(of room: RoomName, around instant: Date, _ db: Database) throws {
        try self.init(of: room, in: Schedules.current(db).schedule(of: room, db), around: instant, db)
    }

    /// - Parameter schedule: the room's.
    init(of room: RoomName, in schedule: RoomSchedule, around instant: Date, _ db: Database) throws {
        let next = schedule.firstIndex(from: instant.seconds + 1)
        let near =
            schedule.granted(before: next, atMost: 2).reversed() + schedule.granted(from: next, atMost: 3)
        var decoder = ReservationDecoder()
        self.init(
            granted: try decoder.reservations(near, in: schedule, of: room, db).map(\.reservation),
            open: try StoredConference.open(in: room, db).map { conference in
                OpenConference(
                    id: conference.id, reservation: conference.reservation, slot: conference.slot,
                    openedAt: conference.openedAt, closes: conference.closes
                )
            }
        )
    }
}
