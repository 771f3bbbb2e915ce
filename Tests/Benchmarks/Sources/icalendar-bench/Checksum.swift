import ICalendar

/// The same sum over decoded values that libical-peer makes.
struct Checksum {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func mix(_ word: UInt64) {
        value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
        value ^= value >> 32
    }

    mutating func mix(_ number: Int) { mix(UInt64(bitPattern: Int64(number))) }

    mutating func mix(_ text: String) { mix(text.utf8.span) }

    /// Length, then eight bytes at a time, the first byte lowest, zeros at the end.
    mutating func mix(_ bytes: Span<UInt8>) {
        // A copy of its own stays in a register, so that what is measured is the reading and not this sum.
        var sum = self
        sum.mix(bytes.count)
        unsafe bytes.withUnsafeBytes { buffer in
            var index = 0
            while index + 8 <= buffer.count {
                sum.mix(unsafe buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += 8
            }
            let rest = buffer.count - index
            guard rest > 0 else { return }
            var word: UInt64 = 0
            if buffer.count >= 8 {
                // The last eight bytes, less those that have been mixed.
                word = unsafe buffer.loadUnaligned(fromByteOffset: buffer.count - 8, as: UInt64.self)
                word >>= UInt64(8 * (8 - rest))
            } else {
                for offset in 0..<rest { word |= unsafe UInt64(buffer[offset]) << UInt64(8 * offset) }
            }
            sum.mix(word)
        }
        self = sum
    }

    mutating func mix(_ time: CalendarTime) {
        switch time {
        case .date(let date):
            mix(date)
            mix(0)
        case .utc(let local):
            mix(local)
            mix(1)
        case .zoned(let local, let tzid):
            mix(local)
            mix(2)
            mix(tzid)
        case .floating(let local):
            mix(local)
            mix(3)
        }
    }

    private mutating func mix(_ date: CalendarDate) { mix(date.year << 16 | date.month << 8 | date.day) }

    private mutating func mix(_ local: LocalDateTime) {
        mix(local.date)
        mix(1 + local.secondOfDay)
    }

    mutating func mix(_ duration: CalendarDuration) { mix(duration.days * 86_400 + duration.seconds) }

    mutating func mix(_ rule: RecurrenceRule) {
        mix(rule.frequency.rawValue)
        mix(rule.interval)
        switch rule.end {
        case .never: mix(0)
        case .count(let count): mix(count)
        case .until(let time):
            mix(0)
            mix(time)
        }
        for day in rule.byDay {
            // libical counts from Sunday, 1.
            mix(day.weekday.rawValue % 7 + 1)
            mix(day.ordinal)
        }
        mix(0xFFFF)
        for list in [rule.byMonthDay, rule.byMonth, rule.bySetPosition] {
            for number in list { mix(number) }
            mix(0xFFFF)
        }
    }

    mutating func mix(_ user: UserView) {
        user.withAddressBytes { mix($0) }
        user.withCommonNameBytes { mix($0) }
        mix(user.userType)
        mix(user.participationStatus)
    }
}
