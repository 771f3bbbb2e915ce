import Foundation
import GRDB
import Reservations
import TestSupport
import Testing

@testable import ReservationStore

/// Random histories against the real database, on a disk: imports, openings, endings, clock steps and crashes.
@Suite("Random histories")
struct HistoryTests {
    @Test(
        "No slot has two open conferences, none that was acknowledged is lost, a retried POST gets the same id",
        arguments: 0..<16
    )
    func history(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        var history = try History(path: directory.url.appending(path: "h.sqlite").path, seed: seed)
        try await history.begin()
        for _ in 0..<50 {
            try await history.act()
            try await history.check()
        }
        #expect(history.acknowledged.count >= 3, "the history opened nothing worth checking")
    }
}

private struct History {
    private let path: String
    private var store: ReservationStore
    private var random: SeededGenerator
    private var now = ten
    private var crashes = 0
    private let rooms = ["blue", "red"]
    /// Every conference that was answered 200, by id.
    private(set) var acknowledged: [Int64: StoredConference] = [:]
    /// Those of which a DELETE was answered 204, or that another opening or our clock may have ended.
    private var ended: Set<Int64> = []

    init(path: String, seed: UInt64) throws {
        self.path = path
        store = try ReservationStore.open(at: path)
        random = SeededGenerator(seed: seed)
    }

    func begin() async throws {
        _ = try await store.apply(change("a.ics", try booking("first")))
    }

    mutating func act() async throws {
        now += Double(Int.random(in: 0...900, using: &random))
        switch Int.random(in: 0..<14, using: &random) {
        case 0...3: try await post()
        case 4, 5: try await delete()
        case 6, 7, 8: try await importSomething()
        case 9:
            let openBefore = try await open()
            _ = try await store.expire(policy: AdmissionPolicy(), at: now)
            let openAfter = Set(try await open().map(\.id))
            for gone in openBefore where !openAfter.contains(gone.id) {
                #expect(gone.closes.addingTimeInterval(120) <= now)
                ended.insert(gone.id)
            }
        case 10, 11: try await postAtOnce()
        case 12: now += Double(Int.random(in: -3_600...3_600, using: &random))
        default: try await crash()
        }
    }

    /// Asks for a room twice, as a client does whose first answer was lost; sometimes the daemon dies in between.
    private mutating func post() async throws {
        let room = rooms.randomElement(using: &random) ?? "blue"
        let before = try await open()
        let openBefore = Set(before.map(\.id))
        switch try await admit(room) {
        case .opened(let conference):
            #expect(acknowledged[conference.id] == nil, "an id came twice")
            acknowledged[conference.id] = conference
            ended.formUnion(openBefore.subtracting(try await open().map(\.id)))
            if Bool.random(using: &random) { try await crash() }
            #expect(try await admit(room) == .alreadyOpen(conference.id))
            #expect(try await store.get(conference.id)?.slot == conference.slot)
        case .alreadyOpen(let id, _):
            #expect(acknowledged[id] != nil && !ended.contains(id))
            try await noteEnded(of: before, by: id)
            #expect(try await admit(room) == .alreadyOpen(id))
            if Bool.random(using: &random) { _ = try await store.get(id) }
        case .refused:
            #expect(try await open().map(\.id).count == openBefore.count)
        case .notReady:
            Issue.record("not ready after the first pass")
        }
    }

    /// Who is told that a conference is open ends what is open from before it in its room, and nothing else.
    private mutating func noteEnded(of before: [StoredConference], by id: Int64) async throws {
        let after = Set(try await open().map(\.id))
        for gone in before where !after.contains(gone.id) {
            #expect(gone.room == acknowledged[id]?.room)
            #expect(gone.slot.start < acknowledged[id]?.slot.start ?? .distantPast)
            ended.insert(gone.id)
        }
    }

    /// Three clients ask for a room in the same moment: at most one opens it, and the others are told its id.
    private mutating func postAtOnce() async throws {
        let room = rooms.randomElement(using: &random) ?? "blue"
        let before = try await open()
        let openBefore = Set(before.map(\.id))
        let answers = try await withThrowingTaskGroup(of: AdmissionAnswer.self) { [store, now] askers in
            for _ in 0..<3 { askers.addTask { try await Self.admit(room, to: store, at: now) } }
            return try await askers.reduce(into: []) { $0.append($1) }
        }
        var (opened, told): ([StoredConference], Set<Int64>) = ([], [])
        for answer in answers {
            switch answer {
            case .opened(let conference): opened.append(conference)
            case .alreadyOpen(let id, _): told.insert(id)
            case .refused: #expect(answers.allSatisfy { $0 == answer }, "one was refused what another got")
            case .notReady: Issue.record("not ready after the first pass")
            }
        }
        #expect(opened.count <= 1, "opened for several who asked at once")
        #expect(told.isSubset(of: opened.isEmpty ? openBefore : Set(opened.map(\.id))))
        if opened.isEmpty, let id = told.first { try await noteEnded(of: before, by: id) }
        for conference in opened {
            #expect(acknowledged[conference.id] == nil, "an id came twice")
            acknowledged[conference.id] = conference
            ended.formUnion(openBefore.subtracting(try await open().map(\.id)))
        }
    }

    private func admit(_ room: String) async throws -> AdmissionAnswer {
        try await Self.admit(room, to: store, at: now)
    }

    private static func admit(
        _ room: String, to store: ReservationStore, at now: Date
    ) async throws -> AdmissionAnswer {
        try await store.admit(room, at: now, mailOwner: nil, policy: AdmissionPolicy(), now: now)
    }

    private mutating func delete() async throws {
        guard let id = acknowledged.keys.sorted().suffix(3).randomElement(using: &random) else { return }
        switch try await store.closeConference(id, at: now) {
        case .closed: ended.insert(id)
        case .keptOpen: #expect(try await open().contains { $0.id == id })
        case .closedBefore: ended.insert(id)
        case .unknown: Issue.record("conference \(id) was acknowledged and is not known")
        }
    }

    mutating func importSomething() async throws {
        let before = crashes
        let pass = try await store.stage(try randomChanges(), policy: ConflictPolicy(), at: now)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: try await crash()
        case 1, 2: try await post()
        case 3: try await delete()
        default: break
        }
        guard crashes == before else { return }
        _ = try await store.commit(pass, expiring: ExpiryRun(policy: AdmissionPolicy(), now: now))
    }

    private mutating func randomChanges() throws -> [ExportChange] {
        var changes: [ExportChange] = []
        for name in ["a.ics", "b.ics"] where Bool.random(using: &random) {
            var bookings: [Booking] = []
            for uid in ["p", "q", "r", "s"] where Int.random(in: 0..<4, using: &random) > 0 {
                let halfHours = (now.timeIntervalSince(ten) / 1_800).rounded(.down)
                let hour = (halfHours + Double(Int.random(in: -1...3, using: &random))) / 2
                bookings.append(
                    try booking(
                        "\(name)-\(uid)", room: rooms.randomElement(using: &random) ?? "blue", hour: hour,
                        created: Double(Int.random(in: 0..<3, using: &random)),
                        owner: ["ann", "bob"].randomElement(using: &random),
                        settings: RoomSettings(lobby: Bool.random(using: &random))))
            }
            // As a large export comes, or as a small one.
            let kind =
                Bool.random(using: &random)
                ? .content(bookings, absent: .withdrawn) : try spooled(bookings, absent: .withdrawn)
            changes.append(ExportChange(ExportName(source: "s", path: name), kind, digest: "x"))
        }
        return changes
    }

    /// The process is gone without a word, perhaps in the middle of a pass.
    private mutating func crash() async throws {
        if Bool.random(using: &random) {
            _ = try await store.stage(try randomChanges(), policy: ConflictPolicy(), at: now)
        }
        store = try ReservationStore.open(at: path)
        crashes += 1
    }

    private func open() async throws -> [StoredConference] {
        try await store.database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM conference WHERE endedAt IS NULL").map(StoredConference.init)
        }
    }

    func check() async throws {
        let open = try await open()
        let claims = open.compactMap { conference in conference.reservation.map { Claim(of: $0, to: conference.slot) } }
        #expect(Set(claims).count == claims.count, "two open conferences of one reservation")
        for (id, conference) in acknowledged {
            let stored = try await store.database.read { try StoredConference.withID(id, $0) }
            #expect(stored?.room == conference.room && stored?.slot == conference.slot, "conference \(id) is lost")
            #expect((stored?.endedAt != nil) == ended.contains(id))
        }
        for room in try await store.bookedRooms() {
            let granted = try await store.reservations(of: room, touching: .distantPast..<(.distantFuture))
                .filter { $0.decision.verdict == .granted }.map(\.reservation.slot)
            #expect(zip(granted, granted.dropFirst()).allSatisfy { $0.end <= $1.start }, "\(room.text)")
        }
    }
}
