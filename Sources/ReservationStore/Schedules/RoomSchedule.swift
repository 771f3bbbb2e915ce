import Foundation
import GRDB
import Reservations

/// What was decided in one room, as it stands in its row: the reservations of a room are decided, written and mostly
/// asked for together.
///
/// Its bytes are the number of entries, for each a place of the same length, in order of start, and after them the
/// details of those that have some, as `ColumnValues` writes them. Integers are little-endian; `Int64` where nothing
/// else is said.
struct RoomSchedule: Hashable, Sendable {
    let bytes: [UInt8]
    let count: Int

    /// Of a room in which nobody wants anything.
    static let empty = RoomSchedule()

    /// How an entry's place is laid out: start, end, booking, since, decidedAt, the digits of the recurrence id, the
    /// verdict in one byte, and four with the offset of the details, 0 without any.
    private enum Place {
        static let (start, end, booking, since, decidedAt, recurrenceID) = (0, 8, 16, 24, 32, 40)
        static let (verdict, details) = (48, 49)
        static let length = 53
    }

    private init() { (bytes, count) = ([], 0) }

    /// - Parameter entries: of which those that are granted do not overlap.
    /// - Throws: where they do. That would give a room to two, so that nothing may be written.
    init(_ entries: [Entry]) throws {
        let entries = entries.isInOrder ? entries : entries.sorted { $0.slot.start < $1.slot.start }
        count = entries.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + entries.count * (Place.length + Self.usualDetails))
        bytes.append(littleEndian: Int64(entries.count))
        bytes.append(contentsOf: repeatElement(0, count: entries.count * Place.length))
        var values = ColumnValues(capacity: 0)
        for index in entries.indices {
            let entry = entries[index]
            let place = Self.place(index)
            bytes.store(entry.slot.start.seconds, at: place + Place.start)
            bytes.store(entry.slot.end.seconds, at: place + Place.end)
            bytes.store(entry.booking, at: place + Place.booking)
            bytes.store(entry.since, at: place + Place.since)
            bytes.store(entry.decidedAt.seconds, at: place + Place.decidedAt)
            bytes[place + Place.verdict] = UInt8(entry.outcome.verdict.number)
            bytes.store(entry.recurrenceID?.number ?? 0, at: place + Place.recurrenceID)
            guard entry.hasDetails else { continue }
            guard let details = UInt32(exactly: bytes.count) else {
                throw DatabaseError(resultCode: .SQLITE_TOOBIG, message: "a room has too many reservations")
            }
            bytes.store(details, at: place + Place.details)
            values.removeAll()
            values.append(entry)
            bytes.append(contentsOf: values.bytes)
        }
        self.bytes = bytes
        guard !hasGrantedOverlap else { throw DatabaseError(message: "granted slots overlap") }
    }

    /// About as many bytes for each entry, since most have none.
    private static let usualDetails = 40

    /// As it was read from its row.
    /// - Throws: where these are not the bytes of a schedule.
    init(stored data: Data) throws {
        bytes = [UInt8](data)
        guard bytes.count >= 8, let count = Int(exactly: bytes.integer(at: 0)), count >= 0,
            count <= (bytes.count - 8) / Place.length
        else { throw Self.damage }
        self.count = count
    }

    /// Whatever a calendar may say, in seconds since 1970.
    static let instants: ClosedRange<Int64> = -1_000_000_000_000...1_000_000_000_000

    private static var damage: DatabaseError { DatabaseError(message: "the schedule of a room is damaged") }

    private static func place(_ index: Int) -> Int { 8 + index * Place.length }

    var indices: Range<Int> { 0..<count }

    private func integer(_ offset: Int, of index: Int) -> Int64 { bytes.integer(at: Self.place(index) + offset) }

    /// In seconds since 1970.
    func start(_ index: Int) -> Int64 { integer(Place.start, of: index) }
    func end(_ index: Int) -> Int64 { integer(Place.end, of: index) }
    func booking(_ index: Int) -> Int64 { integer(Place.booking, of: index) }
    func since(_ index: Int) -> Int64 { integer(Place.since, of: index) }

    func isVerdict(_ verdict: Verdict, at index: Int) -> Bool {
        bytes[Self.place(index) + Place.verdict] == UInt8(verdict.number)
    }

    /// The first that begins at `start` or later.
    func firstIndex(from start: Int64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.start(middle) < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Those for just this slot.
    func indices(from start: Int64, to end: Int64) -> some Sequence<Int> {
        (firstIndex(from: start)..<count).lazy.prefix { self.start($0) == start }.filter { self.end($0) == end }
    }

    /// - Throws: where its bytes are not those of an entry.
    func entry(_ index: Int) throws -> Entry {
        let place = Self.place(index)
        guard [start(index), end(index), integer(Place.decidedAt, of: index)].allSatisfy(Self.instants.contains),
            let slot = TimeSlot(start: Date(seconds: start(index)), end: Date(seconds: end(index))),
            let verdict = Verdict(number: Int(bytes[place + Place.verdict]))
        else { throw Self.damage }
        var entry = Entry(
            booking: booking(index), recurrenceID: RecurrenceID(number: integer(Place.recurrenceID, of: index)),
            slot: slot, outcome: Outcome(verdict: verdict), since: since(index),
            decidedAt: Date(seconds: integer(Place.decidedAt, of: index)))
        let details = bytes.fourBytes(at: place + Place.details)
        if details > 0 {
            var values = try ColumnValues(bytes: bytes).reader(from: Int(details))
            try values.readDetails(of: &entry)
        }
        return entry
    }

    func entries() throws -> [Entry] { try indices.map(entry) }
}

extension [RoomSchedule.Entry] {
    fileprivate var isInOrder: Bool {
        indices.dropFirst().allSatisfy { self[$0 - 1].slot.start <= self[$0].slot.start }
    }
}

extension [UInt8] {
    fileprivate mutating func store<Value: FixedWidthInteger>(_ value: Value, at place: Int) {
        unsafe withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: value.littleEndian, toByteOffset: place, as: Value.self)
        }
    }

    fileprivate func fourBytes(at place: Int) -> UInt32 {
        unsafe withUnsafeBytes { unsafe UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
    }
}
