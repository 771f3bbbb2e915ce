/// The last event of each UID, by a hash of the UID.
///
/// UIDs are compared byte by byte, decoded; where they are is the business of the caller.
struct UIDTable {
    /// Open addressing: a hash, and the number of an event, from 1; 0 in an empty slot.
    private var slots: [(hash: UInt32, event: UInt32)]

    /// - Parameter count: how many UIDs there may be.
    init(count: Int) {
        // At least twice as many slots as UIDs, so that a probe soon meets an empty one.
        var size = 16
        while size < 2 * count { size *= 2 }
        slots = Array(repeating: (0, 0), count: size)
    }

    /// The event that came last with a UID; from now on it is `event`. `nil` for the first one.
    ///
    /// - Parameter isEqual: whether another event, of the same hash, has the same UID.
    @inline(__always)
    mutating func last(_ hash: UInt32, replacedBy event: Int, _ isEqual: (Int) -> Bool) -> Int? {
        // The hash's lowest bit is always set.
        var slot = Int(hash >> 1) & (slots.count - 1)
        while slots[slot].event != 0 {
            let last = Int(slots[slot].event) - 1
            if slots[slot].hash == hash, isEqual(last) {
                slots[slot].event = UInt32(event + 1)
                return last
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = (hash, UInt32(event + 1))
        return nil
    }
}

extension Span where Element == UInt8 {
    /// A number that depends on all bytes of `range`, never 0: its lowest bit is set.
    func hash(of range: Range<Int>) -> UInt32 {
        var hash = UIDHash.seed ^ UInt64(truncatingIfNeeded: range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let word = WordBytes.prefix(word(at: index), range.upperBound &- index)
            let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
            index &+= 8
        }
        return UInt32(truncatingIfNeeded: hash ^ hash &>> 32) | 1
    }
}

private enum UIDHash {
    /// Another one in each process, so that no file can have many UIDs of one hash on purpose.
    static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
}
