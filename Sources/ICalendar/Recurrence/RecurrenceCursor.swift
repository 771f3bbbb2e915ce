/// Runs a rule forward and gives its times on the wall, in seconds since 1970, strictly rising.
///
/// It goes from period to period (a year, a month, …, a second, each `interval` after the last); a period has days, a
/// day has the pattern's times, and BYSETPOS picks among those of the period.
struct RecurrenceCursor: IteratorProtocol {
    /// What becomes of a DTSTART that the rule itself does not make.
    enum Start {
        /// It is the first occurrence and counts as one (RFC 5545 §3.8.5.3).
        case included
        /// It is no occurrence: of an EXRULE, which takes away only what it makes.
        case asMade
    }

    let pattern: RecurrencePattern
    /// No time from here on is given.
    let end: Int
    /// The earliest time that the periods may give; DTSTART itself is given apart where it is included.
    private let earliest: Int
    /// Times before it are counted for COUNT and passed over.
    private(set) var lowerBound = Int.min
    private var startIsDue: Bool
    private var remaining: Int
    /// How many more candidates it may try.
    private(set) var budget: Int
    private var stepsBeforeLowerBound: Int

    /// The number of the period to come, 0 for the one with DTSTART in it.
    var period = 0
    /// Where the days of the current period begin, in seconds, rising; of a sub-daily rule, where its unit begins.
    private var bases: [Int] = []
    /// How many of them are of the current period: the array only grows.
    private var baseCount = 0
    private var baseIndex = 0
    private var timeIndex = 0
    /// With BYSETPOS, the numbers of the picked times in the current period, rising.
    private var picked: [Int] = []
    /// Among how many times they were picked: mostly as many as in the period before.
    private var pickedFrom = 0

    /// Whether the limits ended it, not the rule.
    var ranOut: Bool { budget <= 0 || stepsBeforeLowerBound <= 0 }

    init(_ pattern: RecurrencePattern, start: Start, end: Int, limits: RecurrenceLimits) {
        self.pattern = pattern
        self.end = min(end, (CalendarDate.epochDays.upperBound + 1) * 86_400)
        startIsDue = start == .included
        earliest = startIsDue ? pattern.start + 1 : pattern.start
        remaining = pattern.count ?? Int.max
        budget = limits.candidatesPerRule
        stepsBeforeLowerBound = limits.stepsBeforeWindow
        // As many days as most periods have: one place for them all, and not a larger one time and again.
        bases.reserveCapacity(8)
    }

    /// The next time; `nil` at the end of the rule, of the range, or of the limits.
    mutating func next() -> Int? {
        if startIsDue {
            startIsDue = false
            remaining -= 1
            guard pattern.start < end else { return finish() }
            if pattern.start >= lowerBound { return pattern.start }
        }
        while remaining > 0 {
            guard let time = nextInPeriod() else {
                guard startPeriod() else { return finish() }
                pickPositions()
                continue
            }
            guard time < end else { return finish() }
            guard time >= earliest else { continue }
            remaining -= 1
            guard charge(at: time) else { return finish() }
            if time >= lowerBound { return time }
        }
        return nil
    }

    /// Passes over everything before `wall`, by arithmetic where no COUNT, or an even one, allows it. Never goes back.
    mutating func advance(to wall: Int) {
        lowerBound = max(lowerBound, wall)
        guard wall > pattern.start else { return }
        let target = pattern.periodNumber(notAfter: wall)
        guard target >= period else { return }
        if pattern.count == nil {
            startIsDue = false
            jump(to: target)
        } else if let size = pattern.evenPeriodSize, size > 0 {
            countRestOfPeriod()
            guard remaining > 0, target > period else { return }
            guard (target - period) <= remaining / size else {
                remaining = 0
                return
            }
            remaining -= (target - period) * size
            jump(to: target)
        }
    }

    /// Takes one time or period off the limits: off those for the way to the lower bound before it, else off the
    /// candidates. `false` when there are none left.
    mutating func charge(at time: Int) -> Bool {
        if time < lowerBound { stepsBeforeLowerBound -= 1 } else { budget -= 1 }
        return !ranOut
    }

    mutating func removeBases() { baseCount = 0 }

    @inline(__always)
    mutating func append(base: Int) {
        if baseCount < bases.count { bases[baseCount] = base } else { bases.append(base) }
        baseCount &+= 1
    }

    private mutating func countRestOfPeriod() {
        if startIsDue {
            startIsDue = false
            remaining -= 1
        }
        if period == 0, startPeriod() { pickPositions() }
        while let time = nextInPeriod() {
            if time >= earliest { remaining -= 1 }
        }
    }

    private mutating func jump(to target: Int) {
        period = target
        removeBases()
        picked.removeAll(keepingCapacity: true)
        pickedFrom = 0
        baseIndex = 0
        timeIndex = 0
    }

    private mutating func finish() -> Int? {
        remaining = 0
        return nil
    }

    @inline(__always)
    private mutating func nextInPeriod() -> Int? {
        if !pattern.positions.isEmpty {
            guard timeIndex < picked.count else { return nil }
            let (base, time) = picked[timeIndex].quotientAndRemainder(dividingBy: pattern.times.count)
            timeIndex += 1
            return bases[base] + pattern.times[time]
        }
        guard baseIndex < baseCount else { return nil }
        let time = bases[baseIndex] + pattern.times[timeIndex]
        timeIndex += 1
        if timeIndex == pattern.times.count {
            timeIndex = 0
            baseIndex += 1
        }
        return time
    }

    private mutating func pickPositions() {
        baseIndex = 0
        timeIndex = 0
        guard !pattern.positions.isEmpty else { return }
        let total = baseCount * pattern.times.count
        guard total != pickedFrom else { return }
        picked = pattern.picks(from: total)
        pickedFrom = total
    }
}

extension RecurrencePattern {
    /// BYSETPOS: the numbers, from 0, of the picked ones among `total` times, rising.
    func picks(from total: Int) -> [Int] { Self.places(of: positions, among: total) }

    /// How many times every period has, where all have as many; `nil` where a part limits some of them.
    var evenPeriodSize: Int? {
        guard !hasMonths, !hasMonthDays, yearDays.isEmpty, hours | minutes | seconds == 0 else { return nil }
        let size: Int
        switch frequency {
        case .secondly, .minutely, .hourly, .daily:
            guard weekdays == 0 else { return nil }
            size = times.count
        case .weekly: size = max(weekdays.nonzeroBitCount, 1) * times.count
        case .monthly, .yearly: return nil
        }
        return positions.isEmpty ? size : picks(from: size).count
    }
}
