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
    private let multiplier: UInt64
    private let shift: UInt64

    /// Names that are empty or longer are left out.
    init(_ names: [(name: String, kind: Kind)]) {
        var members: [Slot] = []
        for (name, kind) in names {
            let name = Array(name.utf8)
            guard (1...16).contains(name.count) else { continue }
            let (low, high) = Self.key(name.span, name.indices)
            members.append(Slot(low: low, high: high, kind: kind))
        }
        (slots, multiplier, shift) = Self.withoutCollision(members)
    }

    /// A slot of its own for each member, so that a line is looked up in one step.
    private static func withoutCollision(_ members: [Slot]) -> ([Slot], multiplier: UInt64, shift: UInt64) {
        var bits: UInt64 = 4
        while 1 << bits < 4 * members.count { bits += 1 }
        var multiplier: UInt64 = 1
        while true {
            for _ in 0..<1_000 {
                multiplier = multiplier &* 0xD120_2EB8_C05A_4F1D &+ 0x9E37_79B9_7F4A_7C16
                if let slots = slots(members, multiplier | 1, bits) { return (slots, multiplier | 1, 64 - bits) }
            }
            bits += 1
            precondition(bits < 20, "two names are the same but for case")
        }
    }

    /// `nil` where two members have the same slot.
    private static func slots(_ members: [Slot], _ multiplier: UInt64, _ bits: UInt64) -> [Slot]? {
        var slots = Array(repeating: Slot(), count: 1 << bits)
        for member in members {
            let index = slotIndex(member.low, member.high, multiplier, 64 - bits)
            guard slots[index].kind == nil else { return nil }
            slots[index] = member
        }
        return slots
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
        let slot = slots[Self.slotIndex(low, high, multiplier, shift)]
        return slot.low == low && slot.high == high ? slot.kind : nil
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
    private static func slotIndex(_ low: UInt64, _ high: UInt64, _ multiplier: UInt64, _ shift: UInt64) -> Int {
        Int(truncatingIfNeeded: ((low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* multiplier) &>> shift)
    }
}

extension NameTable where Kind: RawRepresentable & CaseIterable, Kind.RawValue == String {
    /// All members, by their raw values.
    init() { self.init(Kind.allCases.map { ($0.rawValue, $0) }) }
}
