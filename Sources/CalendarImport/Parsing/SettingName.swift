import Reservations

/// The settings of a room that an entry can bring along, by their names in iCalendar.
package enum SettingName: String, Hashable, Sendable, CaseIterable {
    case maxOccupants = "X-JITSI-MAX-OCCUPANTS"
    case lobby = "X-JITSI-LOBBY"
    case password = "X-JITSI-PASSWORD"

    /// The setting that a name, or a line that is none, was meant to be: with a letter too few, a blank, a dash of
    /// another kind, an equals sign for the colon. A room must not be open to all because of that.
    init?(meantBy text: some Collection<UInt8>) {
        let letters = String(decoding: text.prefix(Self.nameBytes).compactMap(\.capitalLetter), as: UTF8.self)
        // Nearly all names are others', and are told by this.
        guard letters.utf8.prefix(4).contains(UInt8(ascii: "J")) else { return nil }
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
        var offset = 0
        let last = text.count - prefix.count
        while offset < last {
            let start = text.index(text.startIndex, offsetBy: offset)
            // The letter that few words have.
            let third = text[text.index(start, offsetBy: 2)]
            if third | 0x20 == UInt8(ascii: "j"), let name = named(at: start, of: text) { found.append((name, offset)) }
            offset += 1
        }
        return found
    }

    private static let prefix = Array("X-JITSI-".utf8)

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
