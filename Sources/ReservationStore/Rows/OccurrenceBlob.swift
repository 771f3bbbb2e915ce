import Foundation
import Glibc
import Reservations

/// A booking's occurrences as bytes: for each its start and end as seconds since 1970, little-endian `Int64`, then one
/// byte with the length of its recurrence id, and the id in ASCII; or 255 and its digits as a number, in eight bytes.
enum OccurrenceBlob {
    /// About as many for each, with the id of an instant.
    static let usualBytes = 25
    private static let isNumber: UInt8 = 255

    static func append(_ occurrences: [Occurrence], to bytes: inout [UInt8]) {
        // By their numbers: to go from one to the next copies it.
        for index in occurrences.indices {
            bytes.append(littleEndian: Int64(occurrences[index].slot.start.timeIntervalSince1970))
            bytes.append(littleEndian: Int64(occurrences[index].slot.end.timeIntervalSince1970))
            if let number = occurrences[index].recurrenceID?.number {
                bytes.append(isNumber)
                bytes.append(littleEndian: number)
                continue
            }
            let text = occurrences[index].recurrenceID?.text ?? ""
            let id = text.utf8.span
            let count = min(id.count, Int(isNumber) - 1)
            bytes.append(UInt8(count))
            bytes.append(id.extracting(first: count))
        }
    }

    static func decode(_ data: Data) -> [Occurrence] { decode([UInt8](data), in: 0..<data.count) }

    /// - Parameter range: of `bytes`, as far as they are whole.
    static func decode(_ bytes: [UInt8], in range: Range<Int>) -> [Occurrence] {
        var occurrences: [Occurrence] = []
        var offset = range.lowerBound
        while offset + 17 <= range.upperBound {
            let (start, end) = (bytes.integer(at: offset), bytes.integer(at: offset + 8))
            let isNumber = bytes[offset + 16] == isNumber
            let length = isNumber ? 8 : Int(bytes[offset + 16])
            offset += 17
            guard offset + length <= range.upperBound,
                let slot = TimeSlot(start: Date(seconds: start), end: Date(seconds: end))
            else { break }
            let id =
                isNumber
                ? RecurrenceID(number: bytes.integer(at: offset))
                : length == 0 ? nil : RecurrenceID(String(decoding: bytes[offset..<offset + length], as: UTF8.self))
            occurrences.append(Occurrence(recurrenceID: id, slot: slot))
            offset += length
        }
        return occurrences
    }
}

extension [UInt8] {
    /// - Parameter place: of the first of eight.
    func integer(at place: Int) -> Int64 {
        precondition(place >= 0 && place <= count - 8)
        return unsafe withUnsafeBytes {
            unsafe Int64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Int64.self))
        }
    }

    mutating func append(littleEndian value: Int64) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { bytes in
            unsafe append(contentsOf: bytes.assumingMemoryBound(to: UInt8.self))
        }
    }

    mutating func append(_ bytes: Span<UInt8>) {
        // The buffer is not kept.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// So many of a text are in a column: it ends as a C string does, in all statements, so that what is looked for is
    /// what was written.
    var countInColumn: Int {
        unsafe withUnsafeBytes { text in
            guard let base = text.baseAddress else { return 0 }
            return unsafe strnlen(base.assumingMemoryBound(to: CChar.self), text.count)
        }
    }
}

extension Date {
    init(seconds: Int64) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Seconds since 1970; fractions are dropped.
    var seconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}
