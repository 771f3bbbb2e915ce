import struct Foundation.Date

extension Date {
    /// Whole seconds since 1970; instants far outside the years 1...9999 are brought near, so that sums do not
    /// overflow.
    @inline(__always)
    func epochSecond(_ rule: FloatingPointRoundingRule) -> Int {
        let seconds = timeIntervalSince1970.rounded(rule)
        // Not a number goes with the far past.
        guard seconds > -1e12 else { return -1_000_000_000_000 }
        return seconds < 1e12 ? Int(seconds) : 1_000_000_000_000
    }
}

extension Range<Date> {
    /// Both bounds rounded up: they then mean the same for starts in whole seconds.
    var epochSeconds: Range<Int> { lowerBound.epochSecond(.up)..<upperBound.epochSecond(.up) }
}
