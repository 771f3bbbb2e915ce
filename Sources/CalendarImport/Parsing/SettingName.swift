import Reservations

/// The settings of a room that an entry can bring along, by their names in iCalendar.
package enum SettingName: String, Hashable, Sendable, CaseIterable {
    case maxOccupants = "X-JITSI-MAX-OCCUPANTS"
    case lobby = "X-JITSI-LOBBY"
    case password = "X-JITSI-PASSWORD"

    /// The setting that a name, or a line that is none, was meant to be: with a letter too few, a blank, a dash of
    /// another kind, an equals sign for the colon. A room must not be open to all because of that.
    init?(meantBy text: some Collection<UInt8>) {
        let written = text.prefix(Self.nameBytes)
        // Nearly all names are others', and are told by this.
        guard Self.beginsLikeOne(written) else { return nil }
        let letters = String(decoding: written.compactMap(\.capitalLetter), as: UTF8.self)
        let meant = Self.allCases.first { name in
            let right = name.letters
            return (right.count - Self.faults...right.count + Self.faults).contains { length in
                editDistance(String(letters.prefix(length)), right, limit: Self.faults) != nil
            }
        }
        let isPassword = ["XJITSIPAS", "XJITSIPW", "JITSIPAS", "JITSIPW"].contains { letters.hasPrefix($0) }
        guard let name = meant ?? (isPassword ? .password : nil) else { return nil }
        self = name
    }

    /// Whether one of the first four letters is a J.
    private static func beginsLikeOne(_ text: some Collection<UInt8>) -> Bool {
        var letters = 0
        for byte in text {
            guard let letter = byte.capitalLetter else { continue }
            if letter == UInt8(ascii: "J") { return true }
            letters += 1
            if letters == 4 { return false }
        }
        return false
    }

    /// Letters that are wrong in what is still taken for the name.
    private static let faults = 2
    /// So much of a line is looked at.
    private static let nameBytes = 64

    private var letters: String { rawValue.filter(\.isLetter) }
}

extension UInt8 {
    /// Itself as an upper-case letter of ASCII; `nil` for any other byte.
    fileprivate var capitalLetter: UInt8? {
        let capital = self & 0xDF
        return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(capital) ? capital : nil
    }
}

// MARK: - Inside of other values

extension SettingName {
    /// The settings whose names stand anywhere in `text` with what ends a name behind them, each with the place where
    /// it does. A line that begins with a blank goes on from the one before, so that a setting can end up in a title.
    ///
    /// A name at the begin of a line without any value behind it says that there is no such setting, and is left out.
    static func found(in text: Span<UInt8>) -> [(name: SettingName, offset: Int)] {
        var found: [(name: SettingName, offset: Int)] = []
        var searched = letterBefore
        while let place = text.firstOfJI(from: searched) {
            if let name = named(at: place - letterBefore, of: text) { found.append((name, place - letterBefore)) }
            searched = place + 1
        }
        return found
    }

    /// How far in `X-JITSI-` the letters stand that few texts have one behind the other.
    private static let letterBefore = 2

    private static func named(at start: Int, of text: Span<UInt8>) -> SettingName? {
        for candidate in allCases where text.has(candidate.rawValue.utf8.span, at: start) {
            let end = start + candidate.rawValue.utf8.count
            guard end < text.count, [0x3A, 0x3B, 0x3D].contains(text[end]) else { continue }
            let isAtBegin = start == 0 || text[start - 1] == UInt8(ascii: "\n")
            let isWithoutValue = end + 1 == text.count || text[end + 1] == UInt8(ascii: "\n")
            if isAtBegin, text[end] == UInt8(ascii: ":"), isWithoutValue { continue }
            return candidate
        }
        return nil
    }
}

extension Span<UInt8> {
    /// - Parameter name: in upper case; that of a letter in the text makes no difference.
    fileprivate func has(_ name: Span<UInt8>, at start: Int) -> Bool {
        guard name.count <= count - start else { return false }
        for index in name.indices {
            let byte = self[start + index]
            guard (byte.capitalLetter ?? byte) == name[index] else { return false }
        }
        return true
    }

    /// The first J from `start` on that an I follows, in either case. All bytes of an export are looked at: 32 at once,
    /// as far as there are so many.
    fileprivate func firstOfJI(from start: Int) -> Int? {
        typealias Block = SIMD4<UInt64>
        let (ones, small) = (Block(repeating: 0x0101_0101_0101_0101), Block(repeating: 0x2020_2020_2020_2020))
        let (letters, followers) = (Block(repeating: 0x6A6A_6A6A_6A6A_6A6A), Block(repeating: 0x6969_6969_6969_6969))
        var place = start
        let end = count - 32
        unsafe withUnsafeBytes { bytes in
            while place < end {
                let first = unsafe bytes.loadUnaligned(fromByteOffset: place, as: Block.self) | small
                let second = unsafe bytes.loadUnaligned(fromByteOffset: place &+ 1, as: Block.self) | small
                // A byte is zero where both letters are there, and then a highest bit is set below.
                let rest = (first ^ letters) | (second ^ followers)
                let found = (rest &- ones) & ~rest
                guard (found[0] | found[1] | found[2] | found[3]) & 0x8080_8080_8080_8080 == 0 else { break }
                place &+= 32
            }
        }
        while place < count - 1 {
            if self[place] | 0x20 == UInt8(ascii: "j"), self[place + 1] | 0x20 == UInt8(ascii: "i") { return place }
            place += 1
        }
        return nil
    }
}

extension String {
    /// Without a setting that got into it, and without what follows: it could be a password.
    var withoutSettings: String {
        guard let place = SettingName.found(in: utf8.span).first?.offset else { return self }
        return String(decoding: utf8.prefix(place), as: UTF8.self)
    }
}
