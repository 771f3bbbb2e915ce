import Foundation
import Reservations

/// A thousand rooms with a thousand reservations each, in exports of five rooms; the same for the same seed.
///
/// In each room are fifteen weekly series of fifty occurrences and two hundred and fifty single bookings, on the half
/// hours between eight and eighteen over four hundred days. No room has so many people that nobody collides.
struct Building {
    static let rooms = 1_000
    static let roomsAnExport = 5
    static let reservationsARoom = 1_000

    /// All entries with a UID, of whatever export: what the store finds by its index.
    private(set) var families: [String: [BookingInExport]] = [:]
    private(set) var exports: [[Booking]] = []
    private var random: RandomSequence
    private let monday = Date(timeIntervalSince1970: 1_796_601_600)

    init(seed: UInt64 = 1) {
        random = RandomSequence(state: seed)
        for export in 0..<(Self.rooms / Self.roomsAnExport) {
            var bookings: [Booking] = []
            for room in 0..<Self.roomsAnExport {
                bookings += bookingsOfRoom(export * Self.roomsAnExport + room, of: export)
            }
            replace(export, with: bookings)
        }
    }

    /// Lets an export say what `bookings` say, and answers the UIDs about which it says something else than before.
    @discardableResult
    mutating func replace(_ export: Int, with bookings: [Booking]) -> Set<String> {
        let before = exports.indices.contains(export) ? exports[export] : []
        if before.isEmpty { exports.append(bookings) } else { exports[export] = bookings }
        let changed = Set(before).symmetricDifference(bookings)
        let byUID = Dictionary(grouping: bookings, by: \.key.uid)
        for uid in Set(changed.map(\.key.uid)) {
            families[uid]?.removeAll { $0.export == Int64(export) }
            families[uid, default: []] += (byUID[uid] ?? []).map { BookingInExport($0, export: Int64(export)) }
        }
        return Set(changed.map(\.key.uid))
    }

    /// The export as it comes the next time: in each of its rooms one booking is moved, one is gone, one is new.
    mutating func changed(_ export: Int) -> [Booking] {
        var bookings = exports[export]
        for room in Set(bookings.compactMap(\.rooms.first)).sorted(by: { $0.name < $1.name }) {
            let own = bookings.indices.filter { bookings[$0].rooms == [room] && bookings[$0].occurrences.count == 1 }
            let (moved, gone) = (own[random.below(own.count / 2)], own[own.count / 2 + random.below(own.count / 2)])
            bookings[moved].revision.sequence += 1
            bookings[moved].occurrences[0].slot = slot(onDay: random.below(400))
            var new = bookings[gone]
            new.key.uid += "-again"
            new.occurrences[0].slot = slot(onDay: random.below(400))
            bookings[gone] = new
        }
        return bookings
    }

    private mutating func bookingsOfRoom(_ number: Int, of export: Int) -> [Booking] {
        guard let name = RoomName("room-\(number)") else { return [] }
        let room = BookedRoom(name: name, shown: "Room \(number)", rule: .location)
        return (0..<265).map { index in
            let isSeries = index < 15
            let first = slot(onDay: isSeries ? random.below(50) : random.below(400))
            let occurrences = (0..<(isSeries ? 50 : 1)).compactMap { week -> Occurrence? in
                let shift = Double(week) * 7 * 86_400
                let day = TimeSlot(start: first.start + shift, end: first.end + shift)
                let id = isSeries ? RecurrenceID("occurrence-\(100 + week)") : nil
                return day.map { Occurrence(recurrenceID: id, slot: $0) }
            }
            return Booking(
                key: BookingKey(uid: "\(number)-\(index)@bookings.example.org"),
                revision: Revision(digest: "\(number)-\(index)", source: "office-\(export % 10)"),
                created: monday - Double(random.below(10_000_000)),
                owner: Participant("person\(random.below(500))@example.org"), summary: "Meeting \(index)",
                rooms: [room], occurrences: occurrences)
        }
    }

    private mutating func slot(onDay day: Int) -> TimeSlot {
        let start = monday + Double(day) * 86_400 + 28_800 + Double(random.below(18)) * 1_800
        let end = start + Double(1 + random.below(4)) * 1_800
        guard let slot = TimeSlot(start: start, end: end) else { preconditionFailure("every length is positive") }
        return slot
    }
}

/// A linear congruential sequence (Knuth's MMIX): the same numbers on every machine.
struct RandomSequence {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
