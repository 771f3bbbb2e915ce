import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

/// 8 December 2026, 10:00 UTC.
let ten = Date(timeIntervalSince1970: 1_796_724_000)

/// A booking of room `room` that starts `hour` hours after ten and lasts one.
func booking(
    _ uid: String, room: String = "blue", hour: Double = 0, created: Double = 0, owner: String? = nil,
    settings: RoomSettings = RoomSettings(), line: Int = 1
) throws -> Booking {
    let start = ten.addingTimeInterval(hour * 3_600)
    return Booking(
        key: BookingKey(uid: uid), revision: Revision(digest: uid, source: "s"),
        created: Date(timeIntervalSince1970: created), owner: Participant("\(owner ?? uid)@example.org"),
        rooms: [BookedRoom(name: try #require(RoomName(room)), shown: room, rule: .url)],
        settings: settings,
        occurrences: [Occurrence(slot: try #require(TimeSlot(start: start, end: start.addingTimeInterval(3_600))))],
        line: line
    )
}

func change(_ path: String, _ bookings: Booking..., absent: ExportChange.Absence = .withdrawn) -> ExportChange {
    ExportChange(ExportName(source: "s", path: path), .content(bookings, absent: absent), digest: path, reader: "1")
}

/// The content of a large export.
func spooled(_ bookings: [Booking], absent: ExportChange.Absence = .withdrawn) throws -> ExportChange.Kind {
    let spool = try BookingSpool()
    try spool.append(bookings)
    try spool.finish()
    return .spooled(spool, absent: absent)
}

/// Every room is open for the unbooked.
let unbooked = AdmissionPolicy(catalogue: RoomCatalogue(unmatched: RoomTerms(unbooked: .open)))

extension ReservationStore {
    func apply(_ changes: [ExportChange], policy: ConflictPolicy, at now: Date) async throws -> PassSummary {
        try await apply(changes, policy: policy, admission: AdmissionPolicy(), at: now)
    }

    /// A pass on the day before.
    func apply(_ changes: ExportChange...) async throws -> PassSummary { try await apply(changes) }

    func apply(_ changes: [ExportChange]) async throws -> PassSummary {
        try await apply(changes, policy: ConflictPolicy(), at: ten.addingTimeInterval(-86_400))
    }

    /// A pass `minutes` after ten.
    func apply(_ changes: ExportChange..., minutes: Double) async throws -> PassSummary {
        try await apply(changes, policy: ConflictPolicy(), at: ten.addingTimeInterval(minutes * 60))
    }

    /// Which hours after ten `uid` claims in the blue room, granted or not.
    func slots(of uid: String) async throws -> [Double] {
        try await reservations(
            of: try #require(RoomName("blue")), touching: Date.distantPast..<Date.distantFuture
        )
        .filter { $0.reservation.id.uid == uid }.map { $0.reservation.slot.start.timeIntervalSince(ten) / 3_600 }
    }

    /// Visible or not.
    func scheduleRows() async throws -> [Int64] {
        try await database.read { try Int64.fetchAll($0, sql: "SELECT id FROM schedule ORDER BY id") }
    }

    /// - Parameter table: a condition may follow its name.
    func count(_ table: String) async throws -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// Opens `room` and answers the conference.
    func open(_ room: String, minutes: Double = 0) async throws -> StoredConference {
        guard case .opened(let conference) = try await admit(room, minutes: minutes) else {
            throw NotOpened(room: room)
        }
        return conference
    }

    func admit(
        _ room: String, minutes: Double = 0, policy: AdmissionPolicy = AdmissionPolicy()
    ) async throws -> AdmissionAnswer {
        let instant = ten.addingTimeInterval(minutes * 60)
        return try await admit(room, at: instant, mailOwner: nil, policy: policy, now: instant)
    }

    /// A GET, as the server asks it.
    func get(_ id: Int64) async throws -> StoredConference? {
        guard let conference = try await fetchConference(id) else { return nil }
        try await noteFetched(conference)
        return conference
    }

    /// Verdicts of a room by UID.
    func verdicts(_ room: String = "blue") async throws -> [String: Verdict] {
        let name = try #require(RoomName(room))
        let all = try await reservations(of: name, touching: Date.distantPast..<Date.distantFuture)
        return Dictionary(all.map { ($0.reservation.id.uid, $0.decision.verdict) }) { first, _ in first }
    }
}

struct NotOpened: Error { var room: String }

extension BookingRecord {
    func booking(_ lists: inout RoomLists) throws -> Booking {
        var values = values
        return try values.booking(&lists)
    }
}
