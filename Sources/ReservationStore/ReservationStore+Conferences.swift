package import Foundation
import GRDB
import Reservations

/// What a DELETE did.
package enum ConferenceClosing: Hashable, Sendable {
    case closed
    /// It belongs to an earlier opening: this id was handed out a moment ago, and its GET is still to come.
    case keptOpen
    case closedBefore
    /// There never was such a conference.
    case unknown
}

extension ReservationStore {
    /// What a GET is answered; `nil` for an id that never was, and for a conference that has ended.
    package func fetchConference(_ id: Int64) async throws -> StoredConference? {
        try refuseIfDamaged()
        let conference = try readAtOnce { try StoredConference.withID(id, $0) }
        guard let conference, conference.endedAt == nil else { return nil }
        return conference
    }

    /// Takes back the mark of a 409: whoever was told the id has asked for it. The mark ends by itself, too.
    package func noteFetched(_ conference: StoredConference) async throws {
        unwrittenMarks.remove(conference.id)
        guard conference.handedOutAt != nil else { return }
        try await writeAtOnce { db in
            try db.execute(sql: "UPDATE conference SET handedOutAt = NULL WHERE id = ?", arguments: [conference.id])
        }
    }

    /// A DELETE: everybody has left. The slot stays its owner's; a repeated DELETE moves the recorded end.
    package func closeConference(_ id: Int64, at now: Date) async throws -> ConferenceClosing {
        try refuseIfDamaged()
        guard id != StoredConference.healthCheckID else { return .closedBefore }
        let closing = try await writeAtOnce { [unwrittenMarks] db -> ConferenceClosing in
            guard let conference = try StoredConference.withID(id, db) else { return .unknown }
            let handedOutAt = [conference.handedOutAt, unwrittenMarks[id]].compactMap(\.self).max()
            switch Deletion(hasEnded: conference.endedAt != nil, handedOutAt: handedOutAt, now: now) {
            case .ends:
                try StoredConference.end(id, .deleted, at: now, now: now, db)
                return .closed
            case .movesEnd:
                try db.execute(
                    sql: """
                        UPDATE conference SET endedAt = max(endedAt, min(?1, closesAt)), endRecordedAt = ?1
                        WHERE id = ?2 AND ending = 'deleted'
                        """,
                    arguments: [now.seconds, id]
                )
                return .closedBefore
            case .belongsToEarlierOpening:
                return .keptOpen
            }
        }
        if closing == .closed { conferenceEnds.send() }
        return closing
    }
}
