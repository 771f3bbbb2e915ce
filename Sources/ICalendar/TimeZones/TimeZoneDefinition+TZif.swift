extension TimeZoneDefinition {
    /// Standing rules are worked out up to the end of this year.
    static let lastYear = 2_500

    /// Reads a TZif file (RFC 8536): its 64-bit table, or the 32-bit one of version 1, and the footer.
    ///
    /// `nil` for anything else, and for files that count leap seconds.
    public convenience init?(name: String, tzif bytes: [UInt8]) {
        guard let first = TZifHeader(bytes, at: 0) else { return nil }
        var header = first
        var body = TZifHeader.size
        var width = 4
        if first.version >= 2 {
            let second = TZifHeader.size + first.bodySize(width: 4)
            guard let wide = TZifHeader(bytes, at: second) else { return nil }
            (header, body, width) = (wide, second + TZifHeader.size, 8)
        }
        let footerStart = body + header.bodySize(width: width)
        guard footerStart <= bytes.count, header.leapCount == 0, header.typeCount > 0,
            let table = header.table(bytes, at: body, width: width)
        else { return nil }
        var transitions = table.transitions
        if first.version >= 2 {
            let footer = bytes[footerStart...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
            guard footer.isEmpty || transitions.extend(by: footer) else { return nil }
        }
        self.init(name: name, initialOffset: table.initialOffset, transitions: transitions)
    }
}

extension [(instant: Int, offset: Int)] {
    /// Adds what the footer's rule says after the last transition; `false` when it is no rule.
    fileprivate mutating func extend(by footer: some Collection<UInt8>) -> Bool {
        guard let rule = PosixZoneRule(footer) else { return false }
        let end = last?.instant ?? Int.min
        let firstYear = last.map { CalendarDate.civil(fromEpochDay: $0.instant.quotient(86_400)).year } ?? 1_970
        guard firstYear <= TimeZoneDefinition.lastYear else { return true }
        for transition in rule.transitions(years: Swift.max(firstYear, 1)...TimeZoneDefinition.lastYear)
        where transition.instant > end {
            append(transition)
        }
        return true
    }
}

/// The six counts that say how a TZif block is laid out.
private struct TZifHeader {
    static let size = 44

    /// 1 for the first version, which has a zero byte in its place.
    let version: Int
    let utcIndicatorCount: Int
    let standardIndicatorCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let characterCount: Int

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + Self.size <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
        let digit = bytes[start + 4]
        version = digit >= UInt8(ascii: "2") ? Int(digit - UInt8(ascii: "0")) : 1
        func count(_ index: Int) -> Int { bytes.bigEndian(at: start + 20 + index * 4, width: 4) & 0xFFFF_FFFF }
        utcIndicatorCount = count(0)
        standardIndicatorCount = count(1)
        leapCount = count(2)
        timeCount = count(3)
        typeCount = count(4)
        characterCount = count(5)
    }

    func bodySize(width: Int) -> Int {
        timeCount * (width + 1) + typeCount * 6 + characterCount + leapCount * (width + 4) + standardIndicatorCount
            + utcIndicatorCount
    }

    /// The caller has checked that the block ends within `bytes`.
    func table(
        _ bytes: [UInt8], at start: Int, width: Int
    ) -> (initialOffset: Int, transitions: [(instant: Int, offset: Int)])? {
        let types = start + timeCount * (width + 1)
        func offset(ofType type: Int) -> Int? {
            guard type < typeCount else { return nil }
            let offset = bytes.bigEndian(at: types + type * 6, width: 4)
            return abs(offset) < 2 * 86_400 ? offset : nil
        }
        guard let initial = offset(ofType: 0) else { return nil }
        var transitions: [(instant: Int, offset: Int)] = []
        transitions.reserveCapacity(timeCount)
        for index in 0..<timeCount {
            let instant = bytes.bigEndian(at: start + index * width, width: width)
            guard let offset = offset(ofType: Int(bytes[start + timeCount * width + index])),
                instant.magnitude < 1 << 60, instant > transitions.last?.instant ?? Int.min
            else { return nil }
            transitions.append((instant, offset))
        }
        return (initial, transitions)
    }
}

extension [UInt8] {
    /// A signed number of `width` bytes, the highest first.
    fileprivate func bigEndian(at start: Int, width: Int) -> Int {
        let negative = self[start] >= 0x80
        return self[start..<start + width].reduce(negative ? -1 : 0) { $0 << 8 | Int($1) }
    }
}
