import Diagnostics
import Foundation
import Reservations
import Testing

@testable import ReservationStore

@Suite("The bookings of a large export")
struct BookingSpoolTests {
    /// Two names of one length.
    private static let rooms = ["blue", "pink", "green"]

    /// Of several rooms and hours, some in two rooms, one without occurrences, one of a series of two parts.
    private static func bookings(_ count: Int) throws -> [Booking] {
        var bookings = try (0..<count).map { number in
            var new = try booking(
                "u\(number)", room: rooms[number % 3], hour: Double(number % 7), created: Double(number % 5),
                owner: "owner\(number % 4)", settings: RoomSettings(lobby: number % 2 == 0), line: number + 1)
            if number % 2 == 0 { new.attendees = [Participant(known: "guest\(number)@example.org")] }
            if number % 6 == 0 { new.rooms += try booking("x", room: rooms[(number + 1) % 3]).rooms }
            return new
        }
        bookings[1].occurrences = []
        bookings[2].key.uid = bookings[3].key.uid
        bookings[2].key.recurrenceID = RecurrenceID("20261208T100000Z")
        return bookings
    }

    private func change(_ kind: ExportChange.Kind, _ path: String = "a.xml") -> ExportChange {
        ExportChange(ExportName(source: "s", path: path), kind, digest: "1", reader: "1")
    }

    private func records(_ spool: BookingSpool, _ range: Range<Int>) throws -> [Booking] {
        var lists = RoomLists()
        return try spool.records(inOrder: range).map { try $0.booking(&lists) }
    }

    @Test("are given back as they were put in, in the order of the rooms")
    func order() throws {
        let bookings = try Self.bookings(40)
        let spool = try BookingSpool()
        try spool.append(Array(bookings[..<17]))
        try spool.append(Array(bookings[17...]))
        #expect(try spool.finish() == 40)
        var all: [Booking] = []
        try spool.forEach { all.append($0) }
        #expect(all == bookings)
        #expect(try spool.booking(16) == bookings[16])
        #expect(spool.sort() == 40)
        let found = try [0..<7, 7..<40].flatMap { try records(spool, $0) }
        #expect(Set(found) == Set(bookings) && found.count == 40)
        #expect(spool.sort(leavingOut: (0..<40).map { $0 % 2 == 0 }) == 20)
        #expect(try records(spool, 0..<20) == found.filter { $0.line % 2 == 0 })
        let places = found.map { ($0.rooms[0].name.text, $0.occurrences.first?.slot.start ?? .distantPast) }
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("may be longer than what is read of the file at once")
    func long() throws {
        let bookings = try (0..<5).map { number in
            var long = try booking("u\(number)", hour: Double(9 - number))
            long.summary = String(repeating: "\(number)", count: 300_000)
            return long
        }
        let spool = try BookingSpool()
        try spool.append(bookings)
        try spool.finish()
        #expect(spool.sort() == 5)
        #expect(try records(spool, 0..<5) == bookings.reversed())
    }

    /// - Parameter all: the file of many is brought into memory in several portions.
    @Test(
        "are claims without attendees, in the same order, whether the file is in memory or not", arguments: [40, 4_000])
    func claims(of all: Int) throws {
        let spool = try BookingSpool()
        try spool.append(try Self.bookings(all))
        try spool.finish()
        let count = spool.sort(leavingOut: (0..<all).map { $0 % 3 == 0 })
        let unread = try (0..<count).map { try spool.claims(inOrder: $0) }
        let expected = try records(spool, 0..<count).map { booking in
            var claims = booking
            claims.attendees = []
            return claims
        }
        #expect(try records(spool, 0..<count).contains { !$0.attendees.isEmpty })
        #expect(unread == expected && count == all - (all + 2) / 3)
        #expect(try (0..<count).map { try spool.claims(inOrder: $0) } == expected)
    }

    @Test("are decided as those of a small one, first and at each later content")
    func sameDecisions() async throws {
        let (small, large) = (try ReservationStore.inMemory(), try ReservationStore.inMemory())
        let first = try Self.bookings(60)
        var second = Array(first.dropFirst(3))
        second[8].occurrences = try booking("x", hour: 30).occurrences
        for content in [first, second, [], first] {
            let expected = try await small.apply(change(.content(content, absent: .withdrawn)))
            let summary = try await large.apply(change(try spooled(content)))
            #expect(summary == expected)
            #expect(summary.granted + summary.declined + summary.duplicates > 0 || content.count != 60)
            for room in Self.rooms {
                #expect(try await large.decisions(room) == small.decisions(room))
            }
        }
    }

    @Test("are decided as those of small ones, when there are several that revise each other")
    func severalOfOnePass() async throws {
        let (small, large) = (try ReservationStore.inMemory(), try ReservationStore.inMemory())
        let first = try Self.bookings(60)
        var newer = Array(first[20..<50])
        for index in newer.indices where index % 2 == 0 {
            newer[index].revision.sequence = 1
            newer[index].occurrences = try booking("x", hour: Double(index)).occurrences
        }
        // Of which nothing is decided otherwise.
        let other = change(.content([try booking("0", room: "green")], absent: .withdrawn), "0.ics")
        for store in [small, large] { _ = try await store.apply(other) }
        let contents = [("a.xml", first), ("b.xml", newer), ("c.xml", Array(first[..<10]))]
        let expected = try await small.apply(
            contents.map { change(.content($1, absent: .withdrawn), $0) })
        let summary = try await large.apply(contents.map { change(try spooled($1), $0) })
        #expect(summary == expected)
        for room in Self.rooms {
            #expect(try await large.decisions(room) == small.decisions(room))
        }
    }

    @Test("are decided as those of a small one, when there are more than are read at once")
    func severalPages() async throws {
        let (small, large) = (try ReservationStore.inMemory(), try ReservationStore.inMemory())
        let all = try (0..<4_400).map { number in
            try booking("u\(number)", room: number % 2 == 0 ? "blue" : "red", hour: Double(number * 7 % 3_000) / 2)
        }
        let expected = try await small.apply(change(.content(all, absent: .withdrawn)))
        #expect(try await large.apply(change(try spooled(all))) == expected)
        for room in ["blue", "red"] { #expect(try await large.decisions(room) == small.decisions(room)) }
    }

    @Test("are told about as those of a small one when they move, stay unread or stand elsewhere")
    func sameFindings() async throws {
        let (small, large) = (try ReservationStore.inMemory(), try ReservationStore.inMemory())
        let first = try Self.bookings(60)
        var second = first
        for index in [7, 20] {
            second[index].occurrences = try booking("x", hour: 40).occurrences
            second[index].revision.digest = "moved"
        }
        second.remove(at: 30)
        for index in second.indices { second[index].line += 5 }
        let unread = Diagnostic(.badRule, line: 3, uid: "u30", "FREQ is odd")
        var found: [[Diagnostic]] = []
        for (store, isLarge) in [(small, false), (large, true)] {
            for (number, content) in [first, second].enumerated() {
                let absent = ExportChange.Absence.staysWithUID(number == 0 ? [] : ["u30"])
                var change = change(isLarge ? try spooled(content, absent: absent) : .content(content, absent: absent))
                change.export.path = "a.ics"
                change.digest = "\(number)"
                change.diagnostics = number == 0 ? [] : [unread]
                _ = try await store.apply(change)
            }
            found.append(try await store.exports().flatMap(\.diagnostics))
        }
        #expect(found[0].map(\.code) == [.badRule, .badUpdate, .unannouncedTimeChange, .unannouncedTimeChange])
        #expect(found[1] == found[0])
        let row = try #require(try await large.exports().first?.row)
        let lines = try await large.outcomes(of: row).map(\.booking.line)
        #expect(lines.sorted() == (second.map(\.line) + [3]).sorted())
    }

    @Test("Equal ones are the same as often as they are there, the first of the file first")
    func equal() throws {
        var rows = RowsByMark()
        for (row, line) in [(4, 1), (9, 2), (5, 3), (7, 4)] {
            rows.insert(Mark(line == 3 ? "other" : "same"), row: Int64(row), line: line)
        }
        #expect(rows.take(Mark("same"))?.row == 4)
        #expect(rows.take(Mark("unknown")) == nil)
        #expect(rows.take(Mark("same"))?.line == 2)
        #expect(rows.left == [5, 7])
        #expect(rows.take(Mark("same"))?.row == 7)
        #expect(rows.take(Mark("same")) == nil)
        #expect(rows.left == [5])
    }

    @Test("take over from those of another path, which lose nothing")
    func renamed() async throws {
        let store = try ReservationStore.inMemory()
        let bookings = try Self.bookings(60)
        _ = try await store.apply(change(try spooled(bookings)))
        let before = try await store.decisions("blue")
        let pass = try await store.apply(change(.removed), change(try spooled(bookings), "b.xml"))
        #expect(pass.held["s"] == .some(nil))
        #expect(try await store.decisions("blue") == before)
    }
}

extension ReservationStore {
    fileprivate func decisions(_ room: String) async throws -> [Decision] {
        let name = try #require(RoomName(room))
        return try await reservations(of: name, touching: Date.distantPast..<Date.distantFuture).map(\.decision)
    }
}
