extension Span where Element == UInt8 {
    /// Whether `range` is well-formed UTF-8 (The Unicode Standard, table 3-7), apart from folds inside characters.
    func isUTF8(_ range: Range<Int>) -> Bool { endOfUTF8(range, limit: range.upperBound) != nil }

    /// The end of the last character that begins in `range`, at most at `limit`; `nil` where something is not UTF-8.
    func endOfUTF8(_ range: Range<Int>, limit: Int) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            while index &+ 32 <= range.upperBound, !hasHighBytes(in32From: index) { index &+= 32 }
            let high = WordBytes.prefix(word(at: index), range.upperBound &- index) & WordBytes.highBits
            guard high != 0 else {
                index = Swift.min(index &+ 8, range.upperBound)
                continue
            }
            index &+= high.trailingZeroBitCount / 8
            let length = sequenceLength(index, limit)
            if length > 0 {
                index &+= length
            } else if let end = endOfFoldedCharacter(index, limit) {
                index = end
            } else {
                return nil
            }
        }
        return index
    }

    /// The end of a character that begins at `index` and has folds inside (RFC 5545 §3.1).
    private func endOfFoldedCharacter(_ index: Int, _ end: Int) -> Int? {
        var character: [UInt8] = []
        var place = index
        while place < end, character.count < 4, self[place] >= 0x80 {
            character.append(self[place])
            place += 1
            let length = character.span.sequenceLength(0, character.count)
            guard length == 0 else { return place }
            place += foldLength(place, end)
        }
        return nil
    }

    /// Bytes of the line end and the blank after it at `index`; 0 where there is no fold.
    private func foldLength(_ index: Int, _ end: Int) -> Int {
        var place = index
        while place < end, self[place] == ASCII.carriageReturn { place += 1 }
        if place < end, self[place] == ASCII.lineFeed { place += 1 }
        guard place > index, place < end, ASCII.isBlank(self[place]) else { return 0 }
        return place + 1 - index
    }

    /// Bytes of the sequence of several bytes that begins at `index`; 0 where there is none.
    fileprivate func sequenceLength(_ index: Int, _ end: Int) -> Int {
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch self[index] {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            case _: (0, 0...0)
            }
        guard length > 0, index + length <= end, second.contains(self[index + 1]) else { return 0 }
        for follower in index + 2..<index + length where self[follower] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
