import Foundation
package import Reservations
import Synchronization

/// The bookings of one large export on their way from its reader to a pass: in a file of its own, which nobody else
/// sees and which goes with this.
///
/// They come in the order of the export and leave in that in which rooms are decided, so that neighbours in time
/// become neighbours in the store.
package final class BookingSpool: Sendable {
    /// So much of one with a few hundred thousand bookings is in memory while it waits for its pass: where each lies,
    /// 24 bytes, and as many again while they are sorted, and what waits to be written.
    package static let residentBytes: Int64 = 16 << 20

    private let contents: Mutex<Contents>

    fileprivate struct Contents: ~Copyable {
        var file: TemporaryFile
        var places: [Place] = []
        /// The lists of rooms, in the order in which they came.
        var rooms: [[RoomName]] = []
        var numbersOfRooms: [[RoomName]: Int32] = [:]
        var listed: [[BookedRoom]: ListedRooms] = [:]
        var lists = RoomLists()
        /// Of the booking that came last.
        var values = ColumnValues(capacity: 0)
        /// Indices of places, as far as they are asked for, once all are there.
        var order: [Int] = []
        /// In that order what the file has of them, from when they are asked for until all is decided: to go through
        /// memory from here to there, twice, takes longer than to bring them into their order once.
        var loaded: [UInt8] = []
        /// Where each begins in it, and where the last ends; empty where it is not loaded.
        var loadedOffsets: [Int] = []
        var sharing = ProcessorSharing()
    }

    /// What is known of a list of rooms: there are few of them, and many bookings.
    fileprivate struct ListedRooms {
        /// As `RoomLists` writes it.
        let text: String
        /// Its place among `rooms`.
        let number: Int32
    }

    /// Where a booking lies in the file, and where in time.
    fileprivate struct Place {
        let offset: Int
        let count: Int32
        let rooms: Int32
        let start: Int64

        var range: Range<Int> { offset..<offset + Int(count) }
    }

    /// - Parameter bytes: so many it may have; tests let it be full.
    /// - Throws: `POSIXError` when no directory for temporary files (`SQLITE_TMPDIR`, `/var/tmp`, …) can be written.
    package init(bytes: Int = .max) throws { contents = Mutex(Contents(file: try TemporaryFile(limit: bytes))) }

    /// Why writing failed.
    package static func reason(of error: any Error) -> String {
        guard let code = (error as? POSIXError)?.code.rawValue else { return "\(error)" }
        return unsafe String(cString: strerror(code))
    }

    /// - Throws: `POSIXError` when the disk is full.
    package func append(_ bookings: [Booking]) throws {
        try contents.withLock { contents in
            // By their numbers: to go from one to the next copies all that is known of it.
            for index in bookings.indices { try contents.append(bookings[index]) }
        }
    }

    /// Lets all of it be in the file, since no more comes; answers how many there are.
    /// - Throws: `POSIXError`, as `append` does.
    @discardableResult
    package func finish() throws -> Int {
        try contents.withLock { contents in
            try contents.file.finish()
            return contents.places.count
        }
    }

    var count: Int { contents.withLock { $0.places.count } }

    /// Calls `body` with each of them, in the order of the export.
    func forEach(_ body: (Booking) throws -> Void) throws {
        for index in 0..<count { try body(booking(index)) }
    }

    /// - Parameter index: in the order of the export, from 0.
    func booking(_ index: Int) throws -> Booking {
        try contents.withLock { contents in
            contents.sharing.step()
            var values = try contents.values(index)
            return try values.booking(&contents.lists)
        }
    }

    /// Puts those of which `isKnown` says no in order of first rooms and first slots; answers how many they are.
    ///
    /// - Parameter isKnown: in the order of the export; empty for no to all.
    func sort(leavingOut isKnown: [Bool] = []) -> Int {
        contents.withLock { contents in
            contents.sort(leavingOut: isKnown)
            return contents.order.count
        }
    }

    /// Those in `range` of that order, once it is made.
    func records(inOrder range: Range<Int>) throws -> [BookingRecord] {
        try contents.withLock { contents in
            try contents.loadIfNeeded()
            return try range.map { try contents.record(inOrder: $0) }
        }
    }

    /// The one at `place` of that order, once it is made; without its attendees.
    func claims(inOrder place: Int) throws -> Booking {
        try contents.withLock { contents in
            var values = try contents.values(inOrder: place)
            return try values.booking(&contents.lists, leavingOutAttendees: true)
        }
    }
}

extension BookingSpool.Contents {
    mutating func append(_ booking: Booking) throws {
        sharing.step()
        let rooms = try listed(booking.rooms)
        values.removeAll()
        values.append(booking, rooms: rooms.text)
        let offset = file.count
        try file.append(values.bytes)
        places.append(
            BookingSpool.Place(
                offset: offset, count: Int32(values.bytes.count), rooms: rooms.number,
                start: booking.occurrences.first?.slot.start.seconds ?? Int64.min))
    }

    private mutating func listed(_ rooms: [BookedRoom]) throws -> BookingSpool.ListedRooms {
        if let known = listed[rooms] { return known }
        let new = BookingSpool.ListedRooms(
            text: try StoredJSON.encode(rooms), number: number(of: rooms.map(\.name)))
        if listed.count < RoomLists.remembered { listed[rooms] = new }
        return new
    }

    private mutating func number(of list: [RoomName]) -> Int32 {
        if let known = numbersOfRooms[list] { return known }
        let number = Int32(rooms.count)
        numbersOfRooms[list] = number
        rooms.append(list)
        return number
    }

    mutating func record(inOrder place: Int) throws -> BookingRecord {
        sharing.step()
        return BookingRecord(try values(inOrder: place), rooms: rooms[Int(places[order[place]].rooms)])
    }

    func values(inOrder place: Int) throws -> ColumnValues.Reader {
        guard !loadedOffsets.isEmpty else { return try values(order[place]) }
        return ColumnValues(bytes: loaded).reader(of: loadedOffsets[place]..<loadedOffsets[place + 1])
    }

    func values(_ index: Int) throws -> ColumnValues.Reader {
        ColumnValues(bytes: try file.read(places[index].range)).reader
    }

    /// By now the export is out of memory, and a file of usual size has its place there: to ask the system for each
    /// record takes longer than to copy it, where most are asked for.
    mutating func loadIfNeeded() throws {
        guard loadedOffsets.isEmpty, file.count <= Self.loadedAtMost, order.count > places.count / 2 else { return }
        let offsets = order.reduce(into: [0]) { offsets, index in
            offsets.append(offsets[offsets.count - 1] + Int(places[index].count))
        }
        var targets = [Int?](repeating: nil, count: places.count)
        for (index, offset) in zip(order, offsets) { targets[index] = offset }
        loaded = unsafe try [UInt8](unsafeUninitializedCapacity: offsets[order.count]) { buffer, count in
            try unsafe copyRecords(to: targets, of: UnsafeMutableRawBufferPointer(buffer))
            count = offsets[order.count]
        }
        loadedOffsets = offsets
    }

    /// - Parameter targets: where each goes in `buffer`, in the order of the export; `nil` for nowhere.
    private mutating func copyRecords(to targets: [Int?], of buffer: UnsafeMutableRawBufferPointer) throws {
        var portion: (start: Int, bytes: [UInt8]) = (0, [])
        for (place, target) in zip(places, targets) {
            guard let target else { continue }
            if place.range.upperBound > portion.start + portion.bytes.count {
                let end = min(max(place.offset + Self.readAtOnce, place.range.upperBound), file.count)
                portion = (place.offset, try file.read(place.offset..<end))
            }
            let start = place.offset - portion.start
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[target..<target + Int(place.count)])
                .copyBytes(from: portion.bytes[start..<start + Int(place.count)])
            sharing.step()
        }
    }

    /// Of the file, which is not in memory a second time.
    private static let readAtOnce = 256 << 10
    private static let loadedAtMost = 64 << 20

    mutating func unload() { (loaded, loadedOffsets) = ([], []) }

    mutating func sort(leavingOut isKnown: [Bool]) {
        unload()
        let firsts = Set(rooms.compactMap(\.first)).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: zip(firsts, firsts.indices))
        let ranksOfLists = rooms.map { $0.first.flatMap { ranks[$0] } ?? -1 }
        let keys = places.map { (rank: ranksOfLists[Int($0.rooms)], start: $0.start) }
        order = places.indices.filter { isKnown.isEmpty || !isKnown[$0] }
        order.sort { (keys[$0].rank, keys[$0].start, $0) < (keys[$1].rank, keys[$1].start, $1) }
    }
}

extension BookingSpool {
    /// Lets go of the memory that taking records out has needed.
    func unload() { contents.withLock { $0.unload() } }
}

/// A spool is what it is, whatever is in it.
extension BookingSpool: Hashable {
    package static func == (lhs: BookingSpool, rhs: BookingSpool) -> Bool { lhs === rhs }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
