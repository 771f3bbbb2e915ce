/// Which occurrence of a series is meant: an instant as `20261208T090000Z`, or a local day as `20261208`.
///
/// There is one for each occurrence, and as a text it would have to be allocated.
package struct RecurrenceID: Hashable, Sendable {
    private enum Form: Hashable {
        /// Its digits, of a year with four of them.
        case number(Int64)
        case text(String)
    }

    private let form: Form

    package init(_ text: String) { form = Self.number(of: text.utf8.span).map(Form.number) ?? .text(text) }

    /// - Parameter number: the digits of a day or an instant, from the year 1000 on; `nil` for any other number.
    package init?(number: Int64) {
        guard Self.days.contains(number) || Self.instants.contains(number) else { return nil }
        form = .number(number)
    }

    /// A local day.
    package init(year: Int, month: Int, day: Int) {
        let number = Int64(year * 10_000 + month * 100 + day)
        form = Self.days.contains(number) ? .number(number) : .text(Self.text(ofDay: number))
    }

    /// An instant in UTC.
    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let time = Int64(hour * 10_000 + minute * 100 + second)
        let number = Int64(year * 10_000 + month * 100 + day) * Self.times + time
        form = Self.instants.contains(number) ? .number(number) : .text(Self.text(ofInstant: number))
    }

    package var text: String {
        switch form {
        case .number(let number) where number < Self.times * 100: Self.text(ofDay: number)
        case .number(let number): Self.text(ofInstant: number)
        case .text(let text): text
        }
    }

    /// Its digits as a number; `nil` where it is written otherwise.
    package var number: Int64? {
        guard case .number(let number) = form else { return nil }
        return number
    }

    private static let days: ClosedRange<Int64> = 10_000_000...99_999_999
    private static let instants: ClosedRange<Int64> = 10_000_000_000_000...99_999_999_999_999
    /// So many numbers has a day.
    private static let times: Int64 = 1_000_000

    /// Its last eight digits.
    private static func text(ofDay number: Int64) -> String {
        unsafe String(unsafeUninitializedCapacity: 8) { text in
            unsafe write(number, to: text)
            return 8
        }
    }

    private static func text(ofInstant number: Int64) -> String {
        unsafe String(unsafeUninitializedCapacity: 16) { text in
            unsafe write(number / times, to: UnsafeMutableBufferPointer(rebasing: text[..<8]))
            unsafe text[8] = UInt8(ascii: "T")
            unsafe write(number % times, to: UnsafeMutableBufferPointer(rebasing: text[9..<15]))
            unsafe text[15] = UInt8(ascii: "Z")
            return 16
        }
    }

    /// As many of its last digits as `text` has room for.
    private static func write(_ number: Int64, to text: UnsafeMutableBufferPointer<UInt8>) {
        var rest = number
        for place in text.indices.reversed() {
            unsafe text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    private static func number(of text: Span<UInt8>) -> Int64? {
        let isInstant = text.count == 16
        guard isInstant || text.count == 8, text[0] != UInt8(ascii: "0") else { return nil }
        if isInstant { guard text[8] == UInt8(ascii: "T"), text[15] == UInt8(ascii: "Z") else { return nil } }
        var number: Int64 = 0
        for index in text.indices where index != 8 && index != 15 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
            number = number * 10 + Int64(text[index] - UInt8(ascii: "0"))
        }
        return number
    }
}

extension RecurrenceID: Comparable {
    /// By their texts.
    package static func < (lhs: RecurrenceID, rhs: RecurrenceID) -> Bool {
        guard let left = lhs.number, let right = rhs.number else { return lhs.text < rhs.text }
        let (instants, areDays) = ((instant(left), instant(right)), (left < times * 100, right < times * 100))
        // The text of a day is the beginning of those of its instants.
        return instants.0 != instants.1 ? instants.0 < instants.1 : areDays.0 && !areDays.1
    }

    /// A day as its first instant.
    private static func instant(_ number: Int64) -> Int64 { number < times * 100 ? number * times : number }
}

extension RecurrenceID? {
    /// Whether its text comes first, of which a series itself has none.
    func isBefore(_ other: RecurrenceID?) -> Bool {
        guard let other else { return false }
        return map { $0 < other } ?? true
    }
}

extension RecurrenceID: Codable {
    private enum CodingKeys: CodingKey { case text }

    package init(from decoder: any Decoder) throws {
        self.init(try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .text))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
    }
}
