import struct Foundation.Date

extension Date {
    /// Whole seconds since 1970; instants far outside the years 1...9999 are brought near, so that sums do not
    /// overflow.
    func epochSecond(_ rule: FloatingPointRoundingRule) -> Int {
        Int(Swift.min(1e12, Swift.max(-1e12, timeIntervalSince1970.rounded(rule))))
    }
}
