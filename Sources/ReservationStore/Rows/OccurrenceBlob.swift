import Foundation
import Reservations

/// A booking's occurrences as bytes: for each its start and end as seconds since 1970, little-endian `Int64`, then one
/// byte with the length of its recurrence id, and the id in ASCII.
enum OccurrenceBlob {
    /// About as many for each, with the id of an instant.
    static let usualBytes = 34

    static func encode(_ occurrences: [Occurrence]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(occurrences.count * usualBytes)
        append(occurrences, to: &bytes)
        return bytes
    }

    static func append(_ occurrences: [Occurrence], to bytes: inout [UInt8]) {
        for occurrence in occurrences {
            bytes.append(littleEndian: Int64(occurrence.slot.start.timeIntervalSince1970))
            bytes.append(littleEndian: Int64(occurrence.slot.end.timeIntervalSince1970))
            var id = occurrence.recurrenceID?.text ?? ""
            id.withUTF8 { id in
                let id = unsafe id.prefix(255)
                unsafe bytes.append(UInt8(id.count))
                unsafe bytes.append(contentsOf: id)
            }
        }
    }

    static func decode(_ data: Data) -> [Occurrence] { decode([UInt8](data)[...]) }

    /// As far as `bytes` are whole.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [Occurrence] {
        var occurrences: [Occurrence] = []
        var offset = bytes.startIndex
        while offset + 17 <= bytes.endIndex {
            let (start, end) = (bytes.integer(at: offset), bytes.integer(at: offset + 8))
            let length = Int(bytes[offset + 16])
            offset += 17
            guard offset + length <= bytes.endIndex,
                let slot = TimeSlot(start: Date(seconds: start), end: Date(seconds: end))
            else { break }
            let id = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
            occurrences.append(Occurrence(recurrenceID: id.isEmpty ? nil : RecurrenceID(id), slot: slot))
            offset += length
        }
        return occurrences
    }
}

extension ArraySlice<UInt8> {
    /// - Parameter place: of the first of eight.
    func integer(at place: Int) -> Int64 {
        unsafe self[place..<place + 8].withUnsafeBytes { unsafe Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) }
    }
}

extension [UInt8] {
    mutating func append(littleEndian value: Int64) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
    }
}

extension Date {
    init(seconds: Int64) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Seconds since 1970; fractions are dropped.
    var seconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}
