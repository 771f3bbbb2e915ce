import Foundation
import GRDB
import Reservations
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Writes that fail")
struct UnwritableTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A store in which blue is booked in the two hours from ten on, and open since ten.
    private func opened() async throws -> (store: ReservationStore, conference: StoredConference) {
        let store = try ReservationStore.open(at: "\(directory.path)/s.sqlite")
        _ = try await store.apply(change("a.ics", try booking("u0"), try booking("u1", hour: 1)))
        return (store, try await store.open("blue"))
    }

    @Test(
        "When nothing can be written, what needs no write is answered, and the rest works later without a restart",
        arguments: Unwritable.allCases)
    func unwritable(reason: Unwritable) async throws {
        let (store, conference) = try await opened()
        let writable = try await store.refuseWrites(reason)
        #expect(try await store.fetchConference(conference.id) == conference)
        #expect(try await store.admit("red") == .refused(.notBooked))
        #expect(try await store.metrics().refusedWrites == 0)
        #expect(try await store.isOpenAlready(conference.id, minutes: 1))
        await #expect(throws: DatabaseError.self) { try await store.admit("blue", minutes: 90) }
        await #expect(throws: DatabaseError.self) { try await store.admit("red", policy: unbooked) }
        await #expect(throws: DatabaseError.self) { try await store.closeConference(conference.id, at: ten + 600) }
        #expect(try await store.metrics().refusedWrites == 4)
        await #expect(throws: DatabaseError.self) { try await store.apply(change("b.ics", try booking("later"))) }
        await #expect(throws: DatabaseError.self) {
            try await store.inTurns(of: ["UPDATE export SET disk = 1"]) { try $1.execute(sql: $0) }
        }
        #expect(try await store.metrics().refusedWrites == 6)

        try await writable()
        _ = try await store.apply(change("b.ics", try booking("later", room: "red")))
        #expect(try await store.verdicts("red") == ["later": .granted])
        #expect(try await store.closeConference(conference.id, at: ten + 660) == .closed)
        #expect(try await store.metrics().refusedWrites == 6)
    }

    @Test(
        "A DELETE after a 409 that could not be noted is the late one as after any other",
        arguments: [(10.0, false, false), (11.0, false, true), (2.0, true, true)])
    func lateDelete(seconds: Double, isFetched: Bool, ends: Bool) async throws {
        let (store, conference) = try await opened()
        let writable = try await store.refuseWrites(.fullDisk)
        #expect(try await store.isOpenAlready(conference.id, minutes: 1))
        try await writable()
        if isFetched { _ = try await store.get(conference.id) }
        let closing = try await store.closeConference(conference.id, at: ten + 60 + seconds)
        #expect(closing == (ends ? .closed : .keptOpen))
    }

    @Test("Of two 409s the later one counts, noted or not", arguments: [false, true])
    func laterMark(isFirstNoted: Bool) async throws {
        let (store, conference) = try await opened()
        if isFirstNoted { #expect(try await store.admit("blue", minutes: 1) == .alreadyOpen(conference.id)) }
        let writable = try await store.refuseWrites(.fullDisk)
        #expect(try await store.isOpenAlready(conference.id, minutes: isFirstNoted ? 2 : 1))
        try await writable()
        if !isFirstNoted { #expect(try await store.admit("blue", minutes: 2) == .alreadyOpen(conference.id)) }
        #expect(try await store.closeConference(conference.id, at: ten + 125) == .keptOpen)
    }

    @Test("A 409 that has to end another conference is none until that is written")
    func endingAnother() async throws {
        let (store, first) = try await opened()
        let second = try await store.open("blue", minutes: 60)
        try await store.database.write { db in
            try db.execute(
                sql: "UPDATE conference SET endedAt = NULL, ending = NULL, endRecordedAt = NULL WHERE id = ?",
                arguments: [first.id])
        }
        let writable = try await store.refuseWrites(.fullDisk)
        await #expect(throws: DatabaseError.self) { try await store.admit("blue", minutes: 61) }
        try await writable()
        #expect(try await store.admit("blue", minutes: 61) == .alreadyOpen(second.id))
        #expect(try await store.fetchConference(first.id) == nil)
    }
}

/// Why nothing can be written.
enum Unwritable: CaseIterable {
    case fullDisk, ioError, readOnly
}

extension ReservationStore {
    /// Lets every write fail, until what it returns is called.
    fileprivate func refuseWrites(_ reason: Unwritable) async throws -> () async throws -> Void {
        let code: ResultCode
        switch reason {
        case .fullDisk: code = .SQLITE_FULL
        case .ioError: code = .SQLITE_IOERR
        case .readOnly:
            try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
            return { [database] in
                try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
            }
        }
        let refusal = CommitRefusal(code: code)
        database.add(transactionObserver: refusal)
        return { [database] in database.remove(transactionObserver: refusal) }
    }

    fileprivate func isOpenAlready(_ id: Int64, minutes: Double) async throws -> Bool {
        guard case .alreadyOpen(id, unmarked: .some) = try await admit("blue", minutes: minutes) else { return false }
        return true
    }
}

/// Refuses at its commit what has been changed, as a disk does that has no place for the log.
private final class CommitRefusal: TransactionObserver, Sendable {
    private let code: ResultCode
    private let hasChanged = Atomic(false)

    init(code: ResultCode) { self.code = code }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange() { hasChanged.store(true, ordering: .relaxed) }
    func databaseDidChange(with event: DatabaseEvent) { databaseDidChange() }
    func databaseWillCommit() throws {
        if hasChanged.load(ordering: .relaxed) { throw DatabaseError(resultCode: code) }
    }
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) { hasChanged.store(false, ordering: .relaxed) }
}
