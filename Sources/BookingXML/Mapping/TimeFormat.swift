import ICalendar

/// How a mapped field writes its times: `iso8601`, or a pattern of the letters of Unicode's date patterns (UTS 35,
/// "Date Field Symbol Table") such as `MM/dd/yyyy h:mm a`.
package struct TimeFormat: Hashable, Sendable {
    /// As the mapping writes it.
    package let text: String
    private let parts: [Part]

    enum Part: Hashable {
        /// Digits: exactly `width` where that is more than one, else one or two.
        case number(Field, width: Int)
        /// AM or PM, in letters of any case.
        case halfOfDay
        /// `Z`, `+01:00`, `+0100` or `+01`.
        case offset
        case literal(UInt8)
    }

    enum Field: Hashable {
        case year, month, day, hour, hourOfHalf, minute, second
    }

    /// - Throws: when a letter is not known, or the pattern leaves open which day or time is meant.
    package init(_ text: String) throws(MappingFault) {
        self.text = text
        parts = text == "iso8601" ? [] : try Self.parts(of: text)
    }

    /// `nil` for a text of another form, and for days and times that there are not.
    func time(_ bytes: ArraySlice<UInt8>) -> XMLTime? {
        guard !parts.isEmpty else { return XMLTime(bytes) }
        var cursor = ValueCursor(bytes)
        var written = TimeParts()
        for part in parts {
            guard written.take(part, from: &cursor) else { return nil }
        }
        return cursor.isAtEnd ? written.time : nil
    }

    private static func parts(of text: String) throws(MappingFault) -> [Part] {
        guard text.utf8.count <= 100 else { throw MappingFault("a format has more than 100 bytes") }
        var parts: [Part] = []
        var rest = text.utf8[...]
        while let first = rest.first {
            guard first != UInt8(ascii: "'") else {
                try takeQuoted(&rest, into: &parts)
                continue
            }
            let width = rest.prefix { $0 == first }.count
            rest = rest.dropFirst(width)
            guard first.isLetter else {
                parts += Array(repeating: Part.literal(first), count: width)
                continue
            }
            parts.append(try part(first, width: width))
        }
        try check(parts, text)
        return parts
    }

    private static func part(_ letter: UInt8, width: Int) throws(MappingFault) -> Part {
        let field: Field
        switch (Unicode.Scalar(letter), width) {
        case ("y", 4): return .number(.year, width: 4)
        case ("y", 2): return .number(.year, width: 2)
        case ("a", 1): return .halfOfDay
        case ("X", 1...3): return .offset
        case ("M", 1...2): field = .month
        case ("d", 1...2): field = .day
        case ("H", 1...2): field = .hour
        case ("h", 1...2): field = .hourOfHalf
        case ("m", 1...2): field = .minute
        case ("s", 1...2): field = .second
        case let (letter, width):
            throw MappingFault(
                "a format cannot have \(String(repeating: String(letter), count: width)): letters that stand for "
                    + "themselves are put into quotation marks")
        }
        return .number(field, width: width)
    }

    /// `'T'` is a text, `''` a quotation mark.
    private static func takeQuoted(_ rest: inout Substring.UTF8View, into parts: inout [Part]) throws(MappingFault) {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: UInt8(ascii: "'")) else {
            throw MappingFault("a text in quotation marks does not end in a format")
        }
        let quoted = rest[..<end]
        parts += (quoted.isEmpty ? "'".utf8[...] : quoted).map(Part.literal)
        rest = rest[end...].dropFirst()
    }

    private static func check(_ parts: [Part], _ text: String) throws(MappingFault) {
        let fields = parts.compactMap { part -> Field? in
            guard case .number(let field, width: _) = part else { return nil }
            return field
        }
        guard Set(fields).count == fields.count else { throw MappingFault("\(text.quoted) has a part twice") }
        guard Set(fields).isSuperset(of: [.year, .month, .day]) else {
            throw MappingFault("\(text.quoted) does not say which day: it needs y, M and d")
        }
        guard fields.count > 3 || parts.contains(.halfOfDay) else { return }
        guard fields.contains(.hour) != fields.contains(.hourOfHalf) else {
            throw MappingFault("\(text.quoted) does not say which hour: it needs one of H and h")
        }
        guard fields.contains(.hourOfHalf) == parts.contains(.halfOfDay) else {
            throw MappingFault("\(text.quoted) has one of h and a without the other")
        }
    }
}

/// What a text says, part by part.
private struct TimeParts {
    private var numbers: [TimeFormat.Field: Int] = [:]
    private var isAfternoon: Bool?
    private var offset: Int?

    mutating func take(_ part: TimeFormat.Part, from cursor: inout ValueCursor) -> Bool {
        switch part {
        case .number(let field, let width):
            guard let number = width == 1 ? cursor.number(atMost: 2) : cursor.digits(width) else { return false }
            numbers[field] = field == .year && width == 2 ? 2_000 + number : number
        case .halfOfDay:
            isAfternoon = cursor.take("P") || cursor.take("p")
            guard isAfternoon == true || cursor.take("A") || cursor.take("a") else { return false }
            return cursor.take("M") || cursor.take("m")
        case .offset:
            offset = XMLTime.offset(&cursor)
            return offset != nil
        case .literal(let byte):
            return cursor.take(Unicode.Scalar(byte))
        }
        return true
    }

    var time: XMLTime? {
        guard let year = numbers[.year], let month = numbers[.month], let day = numbers[.day],
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        guard numbers[.hour] != nil || numbers[.hourOfHalf] != nil else { return .date(date) }
        guard let hour, let second = second(hour), let wall = LocalDateTime(date: date, secondOfDay: second) else {
            return nil
        }
        guard let offset else { return .local(wall) }
        return LocalDateTime(epochSecond: wall.epochSecond - offset).map(XMLTime.instant)
    }

    private var hour: Int? {
        guard let half = numbers[.hourOfHalf] else { return numbers[.hour] }
        guard (1...12).contains(half) else { return nil }
        return half % 12 + (isAfternoon == true ? 12 : 0)
    }

    private func second(_ hour: Int) -> Int? {
        let (minute, second) = (numbers[.minute] ?? 0, numbers[.second] ?? 0)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return hour * 3_600 + minute * 60 + second
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }
}
