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
    static func found(in text: some RandomAccessCollection<UInt8>) -> [(name: SettingName, offset: Int)] {
        var found: [(name: SettingName, offset: Int)] = []
        let (skips, before) = (skips, prefix.count - 1)
        // Where the last byte of the prefix could be: what stands there tells how far away the next such place is.
        var place = before
        while place < text.count {
            let byte = text[text.index(text.startIndex, offsetBy: place)]
            if byte == UInt8(ascii: "-") {
                let start = text.index(text.startIndex, offsetBy: place - before)
                // Dashes are in many texts, this letter so far before one is not.
                if text[start].capitalLetter == UInt8(ascii: "X"), let name = named(at: start, of: text) {
                    found.append((name, place - before))
                }
            }
            place += skips[Int(byte)]
        }
        return found
    }

    private static let prefix = Array("X-JITSI-".utf8)
    /// By a byte, how far it stands before the end of the prefix at least, in either case of a letter (Horspool).
    private static let skips: [Int] = {
        var skips = [Int](repeating: prefix.count, count: 256)
        for (index, byte) in prefix.dropLast().enumerated() {
            for form in [byte, byte | 0x20] { skips[Int(form)] = prefix.count - 1 - index }
        }
        return skips
    }()

    private static func named<Text: RandomAccessCollection<UInt8>>(at start: Text.Index, of text: Text) -> SettingName?
    {
        allCases.first { candidate in
            let name = candidate.rawValue.utf8
            let behind = text[start...].dropFirst(name.count)
            guard let delimiter = behind.first, [0x3A, 0x3B, 0x3D].contains(delimiter) else { return false }
            guard zip(text[start...], name).allSatisfy({ ($0.capitalLetter ?? $0) == $1 }) else { return false }
            let isAtBegin = start == text.startIndex || text[text.index(before: start)] == UInt8(ascii: "\n")
            let value = behind.dropFirst().first ?? UInt8(ascii: "\n")
            return !(isAtBegin && delimiter == UInt8(ascii: ":") && value == UInt8(ascii: "\n"))
        }
    }
}

extension String {
    /// Without a setting that got into it, and without what follows: it could be a password.
    var withoutSettings: String {
        guard let place = SettingName.found(in: Array(utf8)).first?.offset else { return self }
        return String(decoding: utf8.prefix(place), as: UTF8.self)
    }
}
