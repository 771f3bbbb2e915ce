/// Finds the member of a closed set of names of at most 16 bytes without making a `String`.
///
/// Names are compared without regard to case (RFC 5545 §2), two words at a time.
struct NameTable<Kind: RawRepresentable & CaseIterable & Sendable>: Sendable where Kind.RawValue == String {
    private struct Slot {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var kind: Kind?
    }

    private let slots: [Slot]
    private let shift: UInt64

    init() {
        // At least twice as many slots as names, so that a probe soon meets an empty one.
        var bits: UInt64 = 4
        while 1 << bits < 2 * Kind.allCases.count { bits += 1 }
        shift = 64 - bits
        var slots = Array(repeating: Slot(), count: 1 << bits)
        for kind in Kind.allCases {
            let name = Array(kind.rawValue.utf8)
            guard (1...16).contains(name.count) else { continue }
            let (low, high) = Self.key(name.span, name.indices)
            var index = Self.slotIndex(low, high, shift)
            while slots[index].kind != nil { index = (index + 1) & (slots.count - 1) }
            slots[index] = Slot(low: low, high: high, kind: kind)
        }
        self.slots = slots
    }

    /// The member that is named in `range`; `nil` for a name that is not of the set.
    @inline(__always)
    func kind(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Kind? {
        guard range.count &- 1 < 16, range.count > 0 else { return nil }
        let (low, high) = Self.key(bytes, range)
        var index = Self.slotIndex(low, high, shift)
        while true {
            let slot = slots[index]
            if slot.low == low, slot.high == high { return slot.kind }
            // No name has a first word of zero: there are always empty slots, so that this ends.
            if slot.low == 0 { return nil }
            index = (index &+ 1) & (slots.count &- 1)
        }
    }

    /// Both words with bit 5 of each byte cleared: letters fold to upper case, and no two name bytes fall together.
    @inline(__always)
    private static func key(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (UInt64, UInt64) {
        let caseless = ~WordBytes.all(0x20)
        let low = WordBytes.prefix(bytes.word(at: range.lowerBound), range.count) & caseless
        guard range.count > 8 else { return (low, 0) }
        return (low, WordBytes.prefix(bytes.word(at: range.lowerBound &+ 8), range.count &- 8) & caseless)
    }

    @inline(__always)
    private static func slotIndex(_ low: UInt64, _ high: UInt64, _ shift: UInt64) -> Int {
        Int(((low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93) &>> shift)
    }
}
