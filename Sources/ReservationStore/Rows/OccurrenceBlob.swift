import Foundation
import Reservations

/// A booking's occurrences as bytes: for each its start and end as seconds since 1970, little-endian `Int64`, then one
/// byte with the length of its recurrence id, and the id in ASCII.
enum OccurrenceBlob {
    static func encode(_ occurrences: [Occurrence]) -> Data {
        var bytes = Data(capacity: occurrences.count * 34)
        for occurrence in occurrences {
            bytes.append(littleEndian: Int64(occurrence.slot.start.timeIntervalSince1970))
            bytes.append(littleEndian: Int64(occurrence.slot.end.timeIntervalSince1970))
            let id = occurrence.recurrenceID.map { Array($0.text.utf8.prefix(255)) } ?? []
            bytes.append(UInt8(id.count))
            bytes.append(contentsOf: id)
        }
        return bytes
    }

    /// As far as `data` is whole.
    static func decode(_ data: Data) -> [Occurrence] {
        let bytes = [UInt8](data)
        var occurrences: [Occurrence] = []
        var offset = 0
        while offset + 17 <= bytes.count {
            let start = integer(bytes[offset..<offset + 8])
            let end = integer(bytes[offset + 8..<offset + 16])
            let length = Int(bytes[offset + 16])
            offset += 17
            guard offset + length <= bytes.count,
                let slot = TimeSlot(start: Date(seconds: start), end: Date(seconds: end))
            else { break }
            let id = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
            occurrences.append(Occurrence(recurrenceID: id.isEmpty ? nil : RecurrenceID(id), slot: slot))
            offset += length
        }
        return occurrences
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
        Int64(bitPattern: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}

extension Data {
    fileprivate mutating func append(littleEndian value: Int64) {
        for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: value >> Int64(shift))) }
    }
}

extension Date {
    init(seconds: Int64) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Seconds since 1970; fractions are dropped.
    var seconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}
