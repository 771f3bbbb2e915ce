/// Finds the member of a closed set of names of at most 16 bytes without making a `String`.
///
/// Names are compared without regard to case (RFC 5545 §2), two words at a time.
struct NameTable<Kind: Sendable>: Sendable {
    private struct Slot {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var kind: Kind?
    }

    private let slots: [Slot]
    private let shift: UInt64

    /// Names that are empty or longer are left out.
    init(_ names: [(name: String, kind: Kind)]) {
        // At least twice as many slots as names, so that a probe soon meets an empty one.
        var bits: UInt64 = 4
        while 1 << bits < 2 * names.count { bits += 1 }
        shift = 64 - bits
        var slots = Array(repeating: Slot(), count: 1 << bits)
        for (name, kind) in names {
            let name = Array(name.utf8)
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
        return kind(low, high)
    }

    /// The member whose name begins at `start` and goes up to a colon or semicolon, and where that is; `nil` where
    /// there is no such name.
    @inline(__always)
    func kindOfLine(_ bytes: Span<UInt8>, from start: Int) -> (kind: Kind, delimiter: Int)? {
        let first = bytes.word(at: start)
        var hits = WordBytes.firstNameDelimiter(first)
        if hits != 0 {
            let length = hits.trailingZeroBitCount / 8
            guard let kind = kind(WordBytes.prefix(first, length) & Self.caseless, 0) else { return nil }
            return (kind, start &+ length)
        }
        let second = bytes.word(at: start &+ 8)
        hits = WordBytes.firstNameDelimiter(second)
        guard hits != 0 else { return nil }
        let length = hits.trailingZeroBitCount / 8
        guard let kind = kind(first & Self.caseless, WordBytes.prefix(second, length) & Self.caseless) else {
            return nil
        }
        return (kind, start &+ 8 &+ length)
    }

    @inline(__always)
    private func kind(_ low: UInt64, _ high: UInt64) -> Kind? {
        var index = Self.slotIndex(low, high, shift)
        while true {
            let slot = slots[index]
            if slot.low == low, slot.high == high { return slot.kind }
            // No name has a first word of zero: there are always empty slots, so that this ends.
            if slot.low == 0 { return nil }
            index = (index &+ 1) & (slots.count &- 1)
        }
    }

    @inline(__always)
    private static var caseless: UInt64 { ~WordBytes.all(0x20) }

    /// Both words with bit 5 of each byte cleared: letters fold to upper case, and no two name bytes fall together.
    @inline(__always)
    private static func key(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (UInt64, UInt64) {
        let low = WordBytes.prefix(bytes.word(at: range.lowerBound), range.count) & caseless
        guard range.count > 8 else { return (low, 0) }
        return (low, WordBytes.prefix(bytes.word(at: range.lowerBound &+ 8), range.count &- 8) & caseless)
    }

    @inline(__always)
    private static func slotIndex(_ low: UInt64, _ high: UInt64, _ shift: UInt64) -> Int {
        Int(((low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93) &>> shift)
    }
}

extension NameTable where Kind: RawRepresentable & CaseIterable, Kind.RawValue == String {
    /// All members, by their raw values.
    init() { self.init(Kind.allCases.map { ($0.rawValue, $0) }) }
}
